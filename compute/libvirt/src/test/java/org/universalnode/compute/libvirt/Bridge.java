package org.universalnode.compute.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.universalnode.testbed.PrivateOpenVswitch;

/** The image of the example function vm-bridge, built once. */
final class Bridge {
  private static final Path HOUSE = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path IMAGE = Path.of("target", "vm-bridge").toAbsolutePath();
  private static final String WHY_NOT = build();

  private Bridge() {}

  static Path image() {
    return IMAGE;
  }

  /** Whether virtual machines can be tried here. */
  static boolean isThere() {
    if (!WHY_NOT.isEmpty()) {
      System.out.println("no virtual machine is tried: " + WHY_NOT);
    }
    return WHY_NOT.isEmpty();
  }

  /** Also with vhost-user sockets. */
  static boolean isThereWithSocketSwitch() {
    if (!PrivateOpenVswitch.hasDpdk()) {
      System.out.println(
          "no socket of a switch is tried: install Debian's openvswitch-switch-dpdk");
    }
    return isThere() && PrivateOpenVswitch.hasDpdk();
  }

  private static String build() {
    if (!System.getProperty("user.name").equals("root")) {
      return "it needs root";
    }
    boolean installed =
        Stream.of("/usr/sbin/libvirtd", "/usr/bin/virsh", "/usr/bin/qemu-system-x86_64")
            .allMatch(program -> Files.isExecutable(Path.of(program)));
    if (!installed) {
      return "install Debian's libvirt-daemon, libvirt-clients, qemu-system-x86 and qemu-utils";
    }
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      HOUSE.resolve("scripts/build-vm").toString(),
                      HOUSE.resolve("functions/vm-bridge/guest").toString(),
                      IMAGE.toString()))
              .redirectErrorStream(true)
              .start();
      String output =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
