package org.universalnode.compute.dpdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.Watch;
import org.universalnode.linux.EventLoop;
import org.universalnode.linux.FolderEvents;
import org.universalnode.linux.KernelException;
import org.universalnode.linux.LinkEvent;
import org.universalnode.linux.LinkEvents;
import org.universalnode.linux.MountEvents;
import org.universalnode.linux.ProcessEnd;

/**
 * Tells of instances to which something was done from outside. The kernel tells of ends of
 * processes, links, mounts, folders and sockets of switches, on one thread; then the instances are
 * looked at, which are few. Nothing before somebody listens.
 */
final class Disturbances implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Disturbances.class.getName());

  private final Places places;
  private final Predicate<Place> isWhole;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Object telling = new Object();

  /** What is watched; guarded by this. */
  private final Map<InstanceFolder, Watched> all = new HashMap<>();

  private @Nullable Senses senses;

  /** How the kernel tells. */
  private record Senses(EventLoop loop, FolderEvents folders) {}

  /** An instance, until it was told of. */
  private record Watched(Place place, InstanceId id, List<EventLoop.Registration> ends) {}

  Disturbances(Places places, Predicate<Place> isWhole) {
    this.places = places;
    this.isWhole = isWhole;
  }

  /** Tells also of the instances that exist already. */
  Watch listen(Consumer<InstanceId> listener) {
    Listener own = new Listener(listener);
    listeners.add(own);
    begin();
    return own;
  }

  /** Watches an instance as it is now; tells at once if it is not whole. */
  void renew(Place place) {
    synchronized (this) {
      forget(place);
      Optional<Recorded> instance = place.folder().instance();
      if (senses == null || instance.isEmpty()) {
        return;
      }
      Watched watched = new Watched(place, instance.get().id(), new ArrayList<>());
      all.put(place.folder(), watched);
      watch(instance.get(), watched, senses);
    }
    look(place);
  }

  /** Of what is done to the instance from now on nothing is told. */
  synchronized void forget(Place place) {
    Watched before = all.remove(place.folder());
    if (before != null) {
      before.ends().forEach(EventLoop.Registration::close);
    }
  }

  @Override
  public void close() {
    Senses closing;
    synchronized (this) {
      closing = senses;
      senses = null;
      all.values().forEach(each -> each.ends().forEach(EventLoop.Registration::close));
      all.clear();
    }
    if (closing != null) {
      closing.loop().close();
    }
  }

  private void begin() {
    synchronized (this) {
      if (senses != null) {
        return;
      }
      senses = open();
    }
    places.all().forEach(this::renew);
  }

  private Senses open() {
    EventLoop loop = EventLoop.start("dpdk events");
    try {
      FolderEvents folders = FolderEvents.listen(loop, _ -> lookAtAll());
      Files.createDirectories(places.root());
      folders.watch(places.root());
      MountEvents.listen(loop, this::lookAtAll);
      LinkEvents.listen(loop, this::changed);
      return new Senses(loop, folders);
    } catch (IOException e) {
      loop.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  private void changed(LinkEvent event) {
    switch (event) {
      case LinkEvent.Gone _, LinkEvent.Missed _ -> lookAtAll();
      case LinkEvent.Present _ -> {}
    }
  }

  /** What can't be watched any more is seen by the look that follows. */
  private void watch(Recorded instance, Watched watched, Senses with) {
    Place place = watched.place();
    try {
      place
          .folder()
          .process()
          .flatMap(
              process ->
                  ProcessEnd.watch(
                      with.loop(), process.pid(), process.startTime(), _ -> look(place)))
          .ifPresent(watched.ends()::add);
      with.folders().watch(place.folder().path());
      place.cgroup().parents().forEach(with.folders()::watch);
      for (Path socket : instance.sockets()) {
        Path there = Path.of(Attachments.real(socket)).getParent();
        Optional.ofNullable(there).ifPresent(with.folders()::watch);
      }
    } catch (KernelException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", watched.id(), e.getMessage());
    }
  }

  private void lookAtAll() {
    List<Place> watched;
    synchronized (this) {
      watched = all.values().stream().map(Watched::place).toList();
    }
    watched.forEach(this::look);
  }

  /** Tells of it once, if something is missing. */
  private void look(Place place) {
    if (isWhole.test(place)) {
      return;
    }
    Watched disturbed;
    synchronized (this) {
      disturbed = all.get(place.folder());
      forget(place);
    }
    if (disturbed != null) {
      synchronized (telling) {
        listeners.forEach(listener -> listener.disturbed.accept(disturbed.id()));
      }
    }
  }

  /** One that listens twice is two. */
  private final class Listener implements Watch {
    private final Consumer<InstanceId> disturbed;

    Listener(Consumer<InstanceId> disturbed) {
      this.disturbed = disturbed;
    }

    @Override
    public void close() {
      synchronized (telling) {
        listeners.remove(this);
      }
    }
  }
}
