package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.function.Consumer;

/** Reports pinned network namespaces that appear and disappear, until closed (inotify(7)). */
public final class NamespaceEvents implements AutoCloseable {

  /** What happened to the pins. */
  public sealed interface Event {
    record Pinned(String name) implements Event {}

    record Unpinned(String name) implements Event {}

    /** Some events are lost: look at all pins again. */
    record Missed() implements Event {}
  }

  private final WatchService watch;
  private final Thread thread;

  private NamespaceEvents(WatchService watch, Consumer<Event> listener) {
    this.watch = watch;
    this.thread = Thread.ofPlatform().name("netns events").daemon().unstarted(() -> run(listener));
  }

  /** What happens after the return is reported. */
  public static NamespaceEvents listen(Consumer<Event> listener) {
    try {
      Files.createDirectories(NetworkNamespace.FOLDER);
      WatchService watch = NetworkNamespace.FOLDER.getFileSystem().newWatchService();
      NetworkNamespace.FOLDER.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
      NamespaceEvents events = new NamespaceEvents(watch, listener);
      events.thread.start();
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

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

  private void run(Consumer<Event> listener) {
    try {
      while (true) {
        WatchKey key = watch.take();
        key.pollEvents().forEach(event -> listener.accept(translate(event)));
        key.reset();
      }
    } catch (ClosedWatchServiceException e) {
      return; // closed is how it ends
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Event translate(WatchEvent<?> event) {
    if (!(event.context() instanceof Path name)) {
      return new Event.Missed();
    }
    return event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE)
        ? new Event.Pinned(name.toString())
        : new Event.Unpinned(name.toString());
  }
}
