package org.universalnode.linux;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the processes of an instance find of this machine, besides what all of them do: the system's
 * programs and libraries, the settings these need, the usual memory devices, an empty /tmp, /run
 * and /dev/shm, and a /proc and /sys of their own ({@code root.c}).
 *
 * @param readable files and folders that exist; they are found at the same paths, read-only
 * @param writable files and folders that exist; they are found at the same paths
 * @param devices device nodes, such as {@code /dev/net/tun}
 * @param users the user namespace's ids; without, root inside is root of the machine, confined
 * @param hostName what uname(2) calls the machine there
 */
public record Confinement(
    List<Path> readable,
    List<Path> writable,
    List<Path> devices,
    Optional<UserRange> users,
    String hostName) {

  private static final int MOST_PATHS = 256;
  private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,62}");
  private static final List<Path> SYSTEM =
      Stream.of("/proc", "/sys", "/dev", "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
          .map(Path::of)
          .toList();
  private static final Path ROOT = Path.of("/");

  public Confinement {
    readable = List.copyOf(readable);
    writable = List.copyOf(writable);
    devices = List.copyOf(devices);
    Stream.of(readable, writable, devices).flatMap(List::stream).forEach(Confinement::check);
    writable.forEach(Confinement::checkOwn);
    if (readable.size() + writable.size() + devices.size() > MOST_PATHS) {
      throw new IllegalArgumentException("more than " + MOST_PATHS + " paths");
    }
    if (!HOST_NAME.matcher(hostName).matches()) {
      throw new IllegalArgumentException("not a host name: \"" + hostName + "\"");
    }
  }

  /** The launcher's arguments: a kind and a path each, folders before what lies in them. */
  List<String> arguments() {
    record Entry(String kind, Path path) {}
    List<Entry> entries = new ArrayList<>();
    readable.stream()
        .filter(path -> !isOfTheSystem(path))
        .forEach(path -> entries.add(new Entry("r", path)));
    writable.forEach(path -> entries.add(new Entry("w", path)));
    devices.forEach(path -> entries.add(new Entry("d", path)));
    entries.sort(Comparator.comparing(Entry::path).thenComparing(Entry::kind));
    return entries.stream()
        .flatMap(entry -> Stream.of(entry.kind(), entry.path().toString()))
        .toList();
  }

  private static void check(Path path) {
    if (!path.isAbsolute() || !path.normalize().equals(path) || path.equals(ROOT)) {
      throw new IllegalArgumentException("not a plain absolute path: " + path);
    }
  }

  private static void checkOwn(Path path) {
    if (isOfTheSystem(path)) {
      throw new IllegalArgumentException("belongs to the system, is never writable: " + path);
    }
  }

  /** Everybody finds it anyway, read-only; or, of the kernel's file systems, a view of its own. */
  private static boolean isOfTheSystem(Path path) {
    return SYSTEM.stream().anyMatch(path::startsWith);
  }
}
