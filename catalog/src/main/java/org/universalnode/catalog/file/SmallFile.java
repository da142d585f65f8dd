package org.universalnode.catalog.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Keys, signatures and records: files of a few hundred bytes. */
public final class SmallFile {
  private SmallFile() {}

  /**
   * The content; empty if there is no such file.
   *
   * @throws org.universalnode.problem.ProblemException with LIMIT if it is longer than {@code most}
   *     bytes
   */
  public static Optional<byte[]> read(Path file, int most) throws IOException {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw Problem.of(Code.INVALID_DOCUMENT, file + " is not a regular file")
            .next("put a file in its place")
            .asException();
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] content = in.readNBytes(most + 1);
        if (content.length > most) {
          throw Problem.of(Code.LIMIT, file + " has more than " + most + " bytes")
              .next("it can't be what its name says; make it anew")
              .asException();
        }
        return Optional.of(content);
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Puts the content there, all of it or nothing, and returns when it is on the disk. */
  public static void write(Path file, byte[] content) throws IOException {
    replace(file, content, true);
  }

  /** The same, for what may be lost, or be half there, after the machine lost its power. */
  public static void writeSoon(Path file, byte[] content) throws IOException {
    replace(file, content, false);
  }

  private static void replace(Path file, byte[] content, boolean durably) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is not the name of a file");
    }
    Path fresh = Files.createTempFile(folder, ".unfinished-", "");
    try {
      try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
          out.write(left);
        }
        if (durably) {
          out.force(true);
        }
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      if (durably) {
        Durable.force(folder);
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
