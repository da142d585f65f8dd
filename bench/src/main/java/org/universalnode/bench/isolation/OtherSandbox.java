package org.universalnode.bench.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A program of others that confines a command much as a keeper does; for comparison.
 *
 * @param program which has to be installed
 * @param command what it takes to run /bin/true in a place
 */
record OtherSandbox(String name, Path program, Function<Place, List<String>> command) {

  private static final String CRUN = "crun";

  static final List<OtherSandbox> ALL =
      List.of(
          new OtherSandbox("bubblewrap", Path.of("/usr/bin/bwrap"), OtherSandbox::bubblewrap),
          new OtherSandbox(CRUN, Path.of("/usr/bin/crun"), OtherSandbox::crun));

  boolean isInstalled() {
    return Files.isExecutable(program) && !(name.equals(CRUN) && isHybrid());
  }

  /** crun refuses to run where v1 and v2 cgroups both have controllers. */
  private static boolean isHybrid() {
    try {
      Path controllers = Path.of("/sys/fs/cgroup/unified/cgroup.controllers");
      return Files.exists(controllers) && !Files.readString(controllers).isBlank();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> bubblewrap(Place place) {
    String work = place.working().toString();
    return List.of(
        ("/usr/bin/bwrap --unshare-pid --unshare-ipc --unshare-uts --die-with-parent --ro-bind /usr"
                + " /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64"
                + " --ro-bind /etc/passwd /etc/passwd --proc /proc --dev /dev --tmpfs /tmp --tmpfs"
                + " /run --bind "
                + work
                + " "
                + work
                + " --cap-drop ALL /bin/true")
            .split(" ", -1));
  }

  private static List<String> crun(Place place) {
    Path bundle = place.working();
    try {
      Files.createDirectories(bundle.resolve("rootfs"));
      Files.writeString(bundle.resolve("config.json"), bundleText(place));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String line = "/usr/bin/crun --cgroup-manager=disabled run --bundle " + bundle + " un-bench";
    return List.of(line.split(" ", -1));
  }

  private static String bundleText(Place place) {
    return """
    {"ociVersion": "1.0.0",
     "process": {"user": {"uid": 0, "gid": 0}, "args": ["/usr/bin/true"], "cwd": "/",
                 "env": ["PATH=/usr/bin"], "noNewPrivileges": true},
     "root": {"path": "rootfs", "readonly": false},
     "hostname": "bench",
     "mounts": [
       {"destination": "/proc", "type": "proc", "source": "proc"},
       {"destination": "/dev", "type": "tmpfs", "source": "tmpfs"},
       {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs"},
       {"destination": "/run", "type": "tmpfs", "source": "tmpfs"},
       {"destination": "/usr", "type": "none", "source": "/usr", "options": ["bind", "ro"]},
       {"destination": "/lib", "type": "none", "source": "/lib", "options": ["bind", "ro"]},
       {"destination": "/lib64", "type": "none", "source": "/lib64", "options": ["bind", "ro"]}],
     "linux": {
       "namespaces": [{"type": "pid"}, {"type": "ipc"}, {"type": "uts"}, {"type": "mount"},
                      {"type": "network", "path": "%s"}],
       "maskedPaths": ["/proc/kcore", "/proc/keys"],
       "readonlyPaths": ["/proc/sys"]}}
    """
        .formatted(place.network());
  }
}
