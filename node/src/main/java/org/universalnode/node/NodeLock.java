package org.universalnode.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.universalnode.problem.Problem;

/** Keeps two processes from being the same node; the kernel releases it when the process ends. */
final class NodeLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private NodeLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static NodeLock take(Path file) {
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (attempt(channel) == null) {
        channel.close();
        throw Problem.of(Problem.Code.CONFLICT, "another process runs this node: it holds " + file)
            .next("stop it, or give this one another --name and --state")
            .asException();
      }
      return new NodeLock(file, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
