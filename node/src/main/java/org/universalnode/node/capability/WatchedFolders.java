package org.universalnode.node.capability;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.universalnode.catalog.capability.Discovery;
import org.universalnode.catalog.capability.Finding;
import org.universalnode.catalog.capability.Hardware;
import org.universalnode.node.capability.NodeCapabilities.Requirement;
import org.universalnode.node.capability.NodeCapabilities.Snapshot;

/** The folders in which something that comes, goes or changes may change what the node can do. */
final class WatchedFolders {
  private static final int MOST = 2_048;
  private static final List<String> PATH = Arrays.asList(Discovery.HANDLER_PATH.split(":"));
  private static final List<String> DATABASES =
      List.of(
          "/var/lib/dpkg",
          "/usr/lib/opkg",
          "/opt/lib/opkg",
          "/lib/apk/db",
          "/usr/lib/apk/db",
          "/var/lib/rpm",
          "/usr/lib/sysimage/rpm");
  private static final List<String> LIBRARIES =
      List.of("/etc", "/lib", "/usr/lib", "/usr/local/lib", "/lib64", "/usr/lib64");

  private final Hardware machine;
  private final Set<Path> folders = new TreeSet<>();

  private WatchedFolders(Hardware machine) {
    this.machine = machine;
  }

  /** Folders that exist; those of the kernel, which tells nothing of its files, are not among. */
  static Set<Path> of(Snapshot snapshot, Path templates) {
    WatchedFolders watched = new WatchedFolders(snapshot.hardware());
    watched.addTemplates(templates);
    snapshot.requirements().forEach(watched::add);
    return watched.folders;
  }

  private void addTemplates(Path templates) {
    add(templates);
    try (DirectoryStream<Path> each = Files.newDirectoryStream(templates)) {
      each.forEach(this::add);
    } catch (IOException | DirectoryIteratorException e) {
      System.getLogger(WatchedFolders.class.getName())
          .log(System.Logger.Level.WARNING, "templates can''t be watched: {0}", e);
    }
  }

  private void add(Requirement wanted) {
    String name = wanted.dependency().name();
    switch (wanted.dependency().type()) {
      case EXECUTABLE, SCRIPT -> PATH.forEach(this::add);
      case PACKAGE -> DATABASES.forEach(this::add);
      case LIBRARY -> LIBRARIES.forEach(this::add);
      case DEVICE -> addAbove(name.startsWith("/") ? name : "/dev/" + name);
      case FILE -> {}
      case KERNEL_FEATURE -> add("/lib/modules");
    }
    if (name.startsWith("/")) {
      addAbove(name);
    }
    if (wanted.finding() instanceof Finding.Present(String where) && where.startsWith("/")) {
      addAbove(where);
    }
  }

  /** The folder of a file, or the nearest above that exists: the others may come. */
  private void addAbove(String file) {
    Optional<Path> folder = Optional.ofNullable(machine.place(file).getParent());
    while (folder.isPresent() && !Files.isDirectory(folder.get())) {
      folder = folder.map(Path::getParent);
    }
    folder.ifPresent(this::add);
  }

  private void add(String absolute) {
    add(machine.place(absolute));
  }

  private void add(Path folder) {
    try {
      if (folders.size() < MOST && Files.isDirectory(folder)) {
        Path real = folder.toRealPath();
        if (!real.startsWith("/sys") && !real.startsWith("/proc")) {
          folders.add(real);
        }
      }
    } catch (IOException e) {
      System.getLogger(WatchedFolders.class.getName())
          .log(System.Logger.Level.DEBUG, "it went away meanwhile", e);
    }
  }
}
