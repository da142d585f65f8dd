package org.universalnode.catalog.capability;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPOutputStream;
import org.universalnode.catalog.Dependency;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.Result;

/** A machine's files in a folder, to be written by tests. */
record FakeMachine(Path root) {
  private static final Programs NO_PROGRAMS =
      (command, _) -> Result.failed(Problem.of(Code.UNSUPPORTED, "no " + command.getFirst()));

  Discovery discovery() {
    return discovery(NO_PROGRAMS, KernelTrial.NONE);
  }

  Discovery discovery(Programs programs, KernelTrial trial) {
    return new Discovery(root, programs, trial);
  }

  Finding find(Dependency.Type type, String name) {
    return discovery().find(new Dependency(name, type));
  }

  FakeMachine file(String path, String text) {
    return file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  FakeMachine file(String path, byte[] bytes) {
    try {
      Path file = at(path);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeMachine program(String path) {
    file(path, "#!/bin/sh\n");
    try {
      Files.setPosixFilePermissions(at(path), PosixFilePermissions.fromString("rwxr-xr-x"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeMachine without(String path) {
    try {
      Files.delete(at(path));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeMachine folder(String path) {
    try {
      Files.createDirectories(at(path));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeMachine debian() {
    return file("/etc/os-release", "PRETTY_NAME=\"Debian\"\nID=debian\n");
  }

  FakeMachine kernelConfig(String config) {
    return file("/proc/config.gz", gzip(config));
  }

  FakeMachine kernelRelease(String release) {
    return file("/proc/sys/kernel/osrelease", release + "\n");
  }

  Path at(String path) {
    return root.resolve(path.substring(1));
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
