package org.universalnode.switching.ebpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.universalnode.problem.ProblemException;

/**
 * Has pins made again that somebody removed (inotify(7)). They carry no frames, but what is not
 * pinned goes with the process.
 */
final class PinWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PinWatch.class.getName());

  /** Whoever removes a folder is done by then; also between two attempts. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final Duration LONG_PAUSE = Duration.ofSeconds(1);

  private final Path folder;
  private final Runnable restore;
  private final WatchService watch;
  private final List<WatchKey> keys = new ArrayList<>();
  private final Thread thread;

  /**
   * Watches until closed.
   *
   * @param folder of the pins, which is there
   * @param restore makes folder and pins that are not there; others are left alone
   */
  PinWatch(Path folder, Runnable restore) {
    this.folder = folder;
    this.restore = restore;
    try {
      this.watch = folder.getFileSystem().newWatchService();
      register();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.thread = Thread.ofPlatform().name("pin watch").daemon().start(this::run);
  }

  /** Returns when no pin is made any more. */
  @Override
  public void close() {
    try {
      watch.close();
      thread.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        WatchKey key = watch.take();
        Thread.sleep(PAUSE);
        key.pollEvents();
        key.reset();
        restoreAll();
      }
    } catch (ClosedWatchServiceException e) {
      return; // closed is how it ends
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What is removed between the look and the registration would not be told: so it is looked at
   * twice.
   */
  private void restoreAll() throws InterruptedException {
    boolean done = false;
    while (!done) {
      try {
        restore.run();
        register();
        restore.run();
        done = true;
      } catch (NoSuchFileException | NotDirectoryException e) {
        Thread.sleep(PAUSE); // removed again, while we made it
      } catch (IOException | UncheckedIOException | ProblemException e) {
        LOG.log(System.Logger.Level.WARNING, "pins in " + folder + " are missing: " + e);
        Thread.sleep(LONG_PAUSE);
      }
    }
  }

  /** The folder that is there now; its own removal is told by the one above. */
  private void register() throws IOException {
    keys.forEach(WatchKey::cancel);
    keys.clear();
    Path above = Objects.requireNonNull(folder.getParent());
    for (Path each : List.of(folder, above)) {
      keys.add(each.register(watch, StandardWatchEventKinds.ENTRY_DELETE));
    }
  }
}
