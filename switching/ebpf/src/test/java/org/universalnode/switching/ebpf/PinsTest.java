package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders behave alike in the kernel's BPF file system and in any other. */
class PinsTest {
  private static final int ROUNDS = 500;

  @TempDir Path root;

  @Test
  void pinsOfOtherLayoutsAreKeptInTheOrderInWhichTheyWereMoved() throws IOException {
    Pins pins = new Pins(root, "n");
    assertThat(pins.open()).isEmpty();
    for (int i = 0; i < 12; i++) {
      Files.createFile(pins.folder().resolve("pin" + i));
      Files.delete(pins.folder().resolve(Pins.LAYOUT));
      assertThat(pins.open()).hasSize(i + 1);
    }
    List<Path> moved = pins.open();
    for (int i = 0; i < 12; i++) {
      assertThat(moved.get(i).resolve("pin" + i)).exists();
    }
    pins.removeMoved();
    assertThat(pins.open()).isEmpty();
    pins.remove();
    assertThat(root).isEmptyDirectory();
  }

  /** Each of them removes the folder above theirs when it sees nobody else there. */
  @Test
  void nodesThatBeginAndEndAtOnceDoNotDisturbEachOther() throws Exception {
    Callable<Integer> one = () -> beginAndEnd(new Pins(root, "one"));
    Callable<Integer> other = () -> beginAndEnd(new Pins(root, "other"));
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<Integer> each : threads.invokeAll(List.of(one, other))) {
        assertThat(each.get()).isEqualTo(ROUNDS);
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a node met what another did", e);
    }
    assertThat(root).isEmptyDirectory();
  }

  private static int beginAndEnd(Pins pins) throws IOException {
    int ended = 0;
    for (int i = 0; i < ROUNDS; i++) {
      pins.open();
      Files.delete(pins.folder().resolve(Pins.LAYOUT));
      Files.createFile(pins.folder().resolve("pin"));
      assertThat(pins.open()).hasSize(1);
      pins.removeMoved();
      pins.remove();
      ended++;
    }
    return ended;
  }
}
