package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * A network namespace pinned at /run/netns/NAME, where {@code ip netns} sees it too. It lives until
 * {@link #delete}, whoever dies meanwhile (network_namespaces(7)).
 */
public final class NetworkNamespace {
  /** Where ip-netns(8) keeps the pins of named namespaces. */
  public static final Path FOLDER = Path.of("/run/netns");

  private static final long CLONE_NEWNET = 0x40000000;
  private static final long MS_BIND = 0x1000;
  private static final long MS_REC = 0x4000;
  private static final long MS_SHARED = 0x100000;
  private static final long MNT_DETACH = 2;
  private static final int EEXIST = 17;

  private final String name;

  private NetworkNamespace(String name) {
    if (name.isEmpty() || name.length() > 255 || name.contains("/") || name.startsWith(".")) {
      throw new IllegalArgumentException("not a namespace name: \"" + name + "\"");
    }
    this.name = name;
  }

  /** Makes and pins a namespace; fails with EEXIST if the name is taken. Its loopback is up. */
  public static NetworkNamespace create(String name) {
    NetworkNamespace namespace = new NetworkNamespace(name);
    prepareFolder();
    namespace.reservePin();
    try {
      KernelThread.call(
          "netns " + name,
          () -> {
            Kernel.call(SystemCall.UNSHARE, "CLONE_NEWNET", CLONE_NEWNET);
            try (RouteSocket route = RouteSocket.open()) {
              route.up("lo");
            }
            mount(Path.of("/proc/thread-self/ns/net"), namespace.path(), MS_BIND);
            return name;
          });
    } catch (RuntimeException e) {
      namespace.delete();
      throw e;
    }
    return namespace;
  }

  /**
   * Makes and pins a namespace that belongs to a new user namespace, whose root may do there what
   * root may do in a namespace of the machine. Otherwise as {@link #create(String)}.
   *
   * @throws org.universalnode.problem.ProblemException if the kernel makes no user namespace
   */
  public static NetworkNamespace create(String name, UserRange users) {
    NetworkNamespace namespace = new NetworkNamespace(name);
    prepareFolder();
    namespace.reservePin();
    try {
      LaunchedStep.run(
          "users",
          Path.of("/dev/null"),
          List.of(namespace.path().toString(), "" + users.firstId(), "" + users.count()));
      try (RouteSocket route = namespace.routeSocket()) {
        route.up("lo");
      }
    } catch (RuntimeException e) {
      namespace.delete();
      throw e;
    }
    return namespace;
  }

  /**
   * Pins the namespace of a process, instead of what was pinned by that name before.
   *
   * @throws KernelException if the process has ended
   */
  public static NetworkNamespace pin(String name, int process) {
    NetworkNamespace namespace = new NetworkNamespace(name);
    prepareFolder();
    namespace.delete();
    namespace.reservePin();
    try {
      mount(ofProcess(process), namespace.path(), MS_BIND);
      return namespace;
    } catch (RuntimeException e) {
      namespace.delete();
      throw e;
    }
  }

  /** The namespace of that name, whether it exists or not. */
  public static NetworkNamespace named(String name) {
    return new NetworkNamespace(name);
  }

  /** Names of all pinned namespaces that begin with {@code prefix}. */
  public static List<String> names(String prefix) {
    List<String> names = new ArrayList<>();
    if (!Files.isDirectory(FOLDER)) {
      return names;
    }
    try (DirectoryStream<Path> pins = Files.newDirectoryStream(FOLDER)) {
      pins.forEach(pin -> names.add(pin.getFileName().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    names.removeIf(name -> !name.startsWith(prefix));
    names.sort(null);
    return names;
  }

  /** Names of those that are pinned at this moment, by one look at what is mounted. */
  public static Set<String> pinned() {
    return Mounts.in(FOLDER);
  }

  public String name() {
    return name;
  }

  public Path path() {
    return FOLDER.resolve(name);
  }

  /** Whether a namespace is pinned there; an empty file, left by somebody who died, is none. */
  public boolean exists() {
    try {
      return !device(path()).equals(device(FOLDER));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it exists and is that of a process that lives. */
  public boolean isOf(int process) {
    try {
      return exists() && identity(path()).equals(identity(ofProcess(process)));
    } catch (IOException e) {
      return false; // the process has ended
    }
  }

  /** Runs {@code work} on a thread inside this namespace; the thread ends with the work. */
  public <T> T call(Callable<T> work) {
    return KernelThread.call(
        "in netns " + name,
        () -> {
          enter();
          return work.call();
        });
  }

  /** A routing socket that serves this namespace and can be used from any thread. */
  public RouteSocket routeSocket() {
    return call(RouteSocket::open);
  }

  /** Removes the pin; the kernel ends the namespace with its last process. Absent is fine. */
  public void delete() {
    try (Arena arena = Arena.ofConfined()) {
      long target = Kernel.string(arena, path().toString());
      Kernel.attempt(SystemCall.UMOUNT2, target, MNT_DETACH);
      Files.deleteIfExists(path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An open descriptor of the namespace, for a message that names it. */
  FileDescriptor open() {
    return FileDescriptor.open(path());
  }

  private void enter() {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("setns on a virtual thread");
    }
    try (FileDescriptor pin = open()) {
      Kernel.call(SystemCall.SETNS, path().toString(), pin.number(), CLONE_NEWNET);
    }
  }

  private void reservePin() {
    try {
      if (exists()) {
        throw new KernelException("create namespace " + name, EEXIST);
      }
      if (!Files.exists(path())) {
        Files.createFile(path());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path ofProcess(int process) {
    return Path.of("/proc", Integer.toString(process), "ns/net");
  }

  private static Object identity(Path path) throws IOException {
    return Files.getAttribute(path, "unix:ino");
  }

  /** A mounted namespace lies on another device than the folder of the pins. */
  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev");
  }

  /**
   * As ip-netns does: the folder is a shared mount, so that others see the unmounts. The kernel
   * shares nothing that is no mount.
   */
  private static synchronized void prepareFolder() {
    try {
      Files.createDirectories(FOLDER);
      if (!share(FOLDER)) {
        mount(FOLDER, FOLDER, MS_BIND | MS_REC);
        mount(Path.of("none"), FOLDER, MS_SHARED | MS_REC);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean share(Path folder) {
    try (Arena arena = Arena.ofConfined()) {
      long none = Kernel.string(arena, "none");
      long target = Kernel.string(arena, folder.toString());
      return Kernel.attempt(SystemCall.MOUNT, none, target, 0, MS_SHARED, 0) == 0;
    }
  }

  private static void mount(Path source, Path target, long flags) {
    try (Arena arena = Arena.ofConfined()) {
      long from = Kernel.string(arena, source.toString());
      long to = Kernel.string(arena, target.toString());
      Kernel.call(SystemCall.MOUNT, source + " on " + target, from, to, 0, flags, 0);
    }
  }
}
