package org.universalnode.compute.dpdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.universalnode.problem.Problem;

/**
 * Huge pages of 2 MiB, which the operator gave the machine. Their number is never changed here.
 *
 * @param folder where the kernel counts them (hugetlbpage.rst of its documentation)
 */
record HugePages(Path folder) {
  static final long BYTES = 2L << 20;
  static final HugePages OF_MACHINE =
      new HugePages(Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB"));

  /**
   * Refuses an instance for which there are too few.
   *
   * @param promised to instances that do not run
   */
  void require(int wanted, int promised) {
    if (wanted == 0) {
      return;
    }
    long free = number("free_hugepages") - number("resv_hugepages") - promised;
    if (free < wanted) {
      throw Problem.of(
              Problem.Code.LIMIT,
              "the function needs %d huge pages of 2 MiB, and %d are free: %d are missing"
                  .formatted(wanted, Math.max(0, free), wanted - Math.max(0, free)))
          .next("raise vm.nr_hugepages, or delete a function that has some")
          .asException();
    }
  }

  private long number(String file) {
    try {
      return Long.parseLong(Files.readString(folder.resolve(file)).strip());
    } catch (IOException e) {
      return 0; // a kernel without them
    }
  }
}
