package org.universalnode.compute.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the kernel's counters are read: ten pages are free, two of which are reserved. */
class HugePagesTest {
  @TempDir Path folder;
  private HugePages pages;

  @BeforeEach
  void count() throws IOException {
    Files.writeString(folder.resolve("free_hugepages"), "10\n");
    Files.writeString(folder.resolve("resv_hugepages"), "2\n");
    pages = new HugePages(folder);
  }

  @Test
  void whatIsNeitherReservedNorPromisedCanBeHad() {
    pages.require(5, 3);
    assertThatThrownBy(() -> pages.require(6, 3))
        .hasMessageContaining("needs 6 huge pages of 2 MiB, and 5 are free: 1 are missing");
  }

  @Test
  void moreThanAllCanBePromised() {
    assertThatThrownBy(() -> pages.require(1, 30))
        .hasMessageContaining("0 are free: 1 are missing");
  }

  @Test
  void whoNeedsNoneGetsThemWhereThereAreNone() {
    new HugePages(folder.resolve("nowhere")).require(0, 0);
    assertThatThrownBy(() -> new HugePages(folder.resolve("nowhere")).require(1, 0))
        .hasMessageContaining("0 are free");
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }
}
