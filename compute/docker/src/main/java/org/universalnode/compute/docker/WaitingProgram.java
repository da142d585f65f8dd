package org.universalnode.compute.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.universalnode.linux.ProcessSignal;

/**
 * The program with which containers begin ({@code wait.c}).
 *
 * @param file on this machine, which containers have at {@link #INSIDE}
 */
record WaitingProgram(Path file) {
  /** A name that no image has. */
  static final String INSIDE = "/.universal-node/wait";

  /** Writes it, unless it is there. */
  static WaitingProgram install(Path folder) {
    Path file = folder.resolve("wait");
    try (InputStream stream = WaitingProgram.class.getResourceAsStream("wait")) {
      if (stream == null) {
        throw new IllegalStateException("the waiting program is missing from the build");
      }
      byte[] program = stream.readAllBytes();
      if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), program)) {
        Path unfinished = Files.createTempFile(folder, "wait", ".new");
        Files.write(unfinished, program);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return new WaitingProgram(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a process waits, ready to be let go. */
  boolean waitsIn(int pid) {
    return runs(pid).equals(Optional.of(true)) && ProcessSignal.USER.isBlockedBy(pid);
  }

  /** Whether a process has become another program. */
  boolean isLeftBy(int pid) {
    return runs(pid).equals(Optional.of(false));
  }

  /** Whether that is what a process is now; one that ends is nothing any more. */
  private Optional<Boolean> runs(int pid) {
    try {
      return Optional.of(Files.isSameFile(Path.of("/proc", Integer.toString(pid), "exe"), file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
