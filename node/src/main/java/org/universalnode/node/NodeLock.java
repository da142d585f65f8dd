package org.universalnode.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** Keeps two processes from being the same node; the kernel releases it when the process ends. */
final class NodeLock implements AutoCloseable {
  private static final int ATTEMPTS = 10;
  private static final int MOST_BYTES = 1 << 20;

  private final Path file;
  private final FileChannel channel;

  private NodeLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static NodeLock take(Path file) {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Files.createDirectories(file.getParent());
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (attempt(channel) == null) {
          channel.close();
          throw taken(file);
        }
        if (isStillThere(file, channel)) {
          return new NodeLock(file, channel);
        }
        channel.close();
      }
      throw taken(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Its last holder may have removed the file between our opening and our locking it. The file is
   * told by its size, a random one, because to open it again would lose the lock (fcntl(2)).
   */
  private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
    int size = ThreadLocalRandom.current().nextInt(1, MOST_BYTES);
    channel.truncate(0);
    channel.write(ByteBuffer.allocate(1), size - 1);
    try {
      return Files.size(file) == size;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static ProblemException taken(Path file) {
    return Problem.of(Problem.Code.CONFLICT, "another process runs this node: it holds " + file)
        .next("stop it, or give this one another --name and --state")
        .asException();
  }

  private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The file goes while the lock is held, so that nobody loses a lock that was just taken. */
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    } catch (DirectoryNotEmptyException e) {
      return; // others have files there
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
