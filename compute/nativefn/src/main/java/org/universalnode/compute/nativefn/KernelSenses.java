package org.universalnode.compute.nativefn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.universalnode.linux.ControlGroup;
import org.universalnode.linux.EventLoop;
import org.universalnode.linux.FolderEvents;
import org.universalnode.linux.LinkEvent;
import org.universalnode.linux.LinkEvents;
import org.universalnode.linux.MountEvents;

/** How the driver gets to know what happens to instances: one thread that the kernel wakes. */
final class KernelSenses implements AutoCloseable {
  private final EventLoop loop;
  private final FolderEvents folders;

  private KernelSenses(EventLoop loop, FolderEvents folders) {
    this.loop = loop;
    this.folders = folders;
  }

  /** Begins to tell what happens to folders, mounts and links. */
  static KernelSenses open(Places places, Disturbances told) {
    EventLoop loop = EventLoop.start("function events");
    try {
      FolderEvents folders =
          FolderEvents.listen(
              loop, gone -> gone.ifPresentOrElse(path -> gone(path, places, told), told::missed));
      Files.createDirectories(places.root());
      folders.watch(places.root());
      MountEvents.listen(loop, told::mountsChanged);
      LinkEvents.listen(loop, event -> changed(event, told));
      return new KernelSenses(loop, folders);
    } catch (IOException e) {
      loop.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  EventLoop loop() {
    return loop;
  }

  /** Tells if that folder or cgroup is removed, or what makes the folder an instance's. */
  void watch(InstanceFolder folder, ControlGroup cgroup) {
    folders.watch(folder.path());
    cgroup.parents().forEach(folders::watch);
  }

  @Override
  public void close() {
    loop.close();
  }

  private static void gone(Path path, Places places, Disturbances told) {
    Optional<Path> part = Optional.of(path).filter(InstanceFolder::isHandle).map(Path::getParent);
    if (path.equals(places.root())) {
      told.missed();
    } else {
      Optional.ofNullable(part.orElse(path).getFileName())
          .ifPresent(name -> told.gone(name.toString()));
    }
  }

  private static void changed(LinkEvent event, Disturbances told) {
    switch (event) {
      case LinkEvent.Gone(var link) -> told.linkGone(link.index());
      case LinkEvent.Missed _ -> told.missed();
      case LinkEvent.Present _ -> {}
    }
  }
}
