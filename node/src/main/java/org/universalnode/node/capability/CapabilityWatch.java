package org.universalnode.node.capability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.universalnode.catalog.capability.Pulse;
import org.universalnode.node.capability.NodeCapabilities.Snapshot;

/**
 * Looks at what the node can do whenever that may have changed: at once after files changed
 * (inotify), soon after {@link #soon} or a change of the machine's pulse, and now and then for what
 * nothing tells. Many changes that come together are one look.
 */
public final class CapabilityWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CapabilityWatch.class.getName());
  private static final WatchEvent.Kind<?>[] KINDS = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_DELETE,
    StandardWatchEventKinds.ENTRY_MODIFY
  };
  private static final WatchEvent.Kind<?>[] COMING_AND_GOING = {
    StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE
  };
  private static final int LONGEST_REST = 20;

  private final NodeCapabilities capabilities;
  private final Path templates;
  private final Consumer<Snapshot> told;
  private final Pace pace;
  private final WatchService files;
  private final Map<Path, WatchKey> folders = new HashMap<>();
  private final Steady steady = new Steady();
  private final Thread thread;
  private Pulse pulse = new Pulse("", 0, 0, 0);
  private long looked;
  private volatile boolean asked = true;
  private volatile boolean closed;

  /**
   * How often things are done.
   *
   * @param pulse between two looks at the pulse
   * @param settle how long further changes are waited for after the first
   * @param sweep between two looks at everything for which there was no cause
   */
  public record Pace(Duration pulse, Duration settle, Duration sweep) {
    /** For a node. */
    public static final Pace USUAL =
        new Pace(Duration.ofMillis(400), Duration.ofMillis(100), Duration.ofSeconds(30));
  }

  /**
   * Watches until closed.
   *
   * @param templates folder of function templates
   * @param told gets what the node offers, first soon and then after each look, in one thread; what
   *     always moves a little stands still in it until it has moved far
   */
  public CapabilityWatch(
      NodeCapabilities capabilities, Path templates, Consumer<Snapshot> told, Pace pace) {
    this.capabilities = capabilities;
    this.templates = templates;
    this.told = told;
    this.pace = pace;
    try {
      files = FileSystems.getDefault().newWatchService();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().name("capability watch").daemon().start(this::watch);
  }

  /** Something may have changed that files do not tell. */
  public void soon() {
    asked = true;
  }

  /** Returns when a look that is under way has ended. */
  @Override
  public void close() {
    closed = true;
    try {
      files.close();
      thread.join();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the watch of files did not close: {0}", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      while (!closed) {
        boolean cause = changed() || asked;
        if (cause || pulseMoved() || System.nanoTime() - looked > pace.sweep().toNanos()) {
          settle();
          look();
        }
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      LOG.log(System.Logger.Level.DEBUG, "ends", e);
    }
  }

  private boolean pulseMoved() {
    try {
      return !steady.of(capabilities.pulse()).equals(pulse);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the pulse was not felt", e);
      return false;
    }
  }

  /** What fails now may go well at the next look; until then the last one holds. */
  private void look() {
    asked = false;
    looked = System.nanoTime();
    try {
      Pulse before = capabilities.pulse();
      Snapshot snapshot = steady.of(capabilities.snapshot());
      pulse = steady.of(before);
      watch(WatchedFolders.of(snapshot, templates));
      told.accept(snapshot);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "what the node can do was not found out", e);
    }
    rest(System.nanoTime() - looked);
  }

  /** A storm of changes takes a small part of one core at most. */
  private void rest(long took) {
    try {
      TimeUnit.NANOSECONDS.sleep(Math.min(took * 2, pace.settle().toNanos() * LONGEST_REST));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean changed() throws InterruptedException {
    WatchKey key = files.poll(pace.pulse().toMillis(), TimeUnit.MILLISECONDS);
    boolean changed = key != null;
    while (key != null) {
      key.pollEvents();
      key.reset();
      key = files.poll();
    }
    return changed;
  }

  private void settle() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(pace.settle().toNanos());
    WatchKey key = files.poll();
    while (key != null) {
      key.pollEvents();
      key.reset();
      key = files.poll();
    }
  }

  private void watch(Set<Path> wanted) {
    folders.values().removeIf(key -> !key.isValid());
    folders
        .entrySet()
        .removeIf(
            watched -> {
              boolean unwanted = !wanted.contains(watched.getKey());
              if (unwanted) {
                watched.getValue().cancel();
              }
              return unwanted;
            });
    wanted.forEach(folder -> folders.computeIfAbsent(folder, this::register));
  }

  private @Nullable WatchKey register(Path folder) {
    try {
      WatchKey key = folder.register(files, folder.startsWith("/dev") ? COMING_AND_GOING : KINDS);
      asked = true; // what happened before it was watched
      return key;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, folder + " is not watched", e);
      return null;
    }
  }
}
