package org.universalnode.compute.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.universalnode.problem.Problem;

/**
 * What a virtual machine boots. An archive has a kernel {@code vmlinuz} and an initial file system
 * {@code initrd}, and may have the kernel's command line {@code cmdline}, a disk {@code disk}, and
 * in {@code ready} what the guest prints on its serial line when it serves.
 *
 * @param kernel that is booted at once; empty if the disk boots
 * @param ready empty if the guest does not say
 */
record MachineImage(Optional<Kernel> kernel, Optional<Disk> disk, String ready) {
  private static final int MOST_TEXT_BYTES = 4096;

  /** A kernel and what it is given. */
  record Kernel(Path image, Path initrd, String commandLine) {}

  static MachineImage of(Path path) {
    if (Files.isRegularFile(path)) {
      return new MachineImage(Optional.empty(), Optional.of(Disk.of(path)), "");
    }
    Path kernel = path.resolve("vmlinuz");
    Path initrd = path.resolve("initrd");
    Path disk = path.resolve("disk");
    boolean boots = Files.isRegularFile(kernel) && Files.isRegularFile(initrd);
    if (!boots && !Files.isRegularFile(disk)) {
      throw Problem.of(
              Problem.Code.INVALID_DOCUMENT,
              "the archive has neither vmlinuz and initrd, nor a disk")
          .next("add the files vmlinuz and initrd, or a disk image with the name disk")
          .asException();
    }
    return new MachineImage(
        boots
            ? Optional.of(new Kernel(kernel, initrd, line(path.resolve("cmdline"))))
            : Optional.empty(),
        Files.isRegularFile(disk) ? Optional.of(Disk.of(disk)) : Optional.empty(),
        line(path.resolve("ready")));
  }

  private static String line(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        return "";
      }
      if (Files.size(file) > MOST_TEXT_BYTES) {
        throw Problem.of(
                Problem.Code.LIMIT,
                "%s of the archive has more than %d bytes"
                    .formatted(file.getFileName(), MOST_TEXT_BYTES))
            .next("make it one line")
            .asException();
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
