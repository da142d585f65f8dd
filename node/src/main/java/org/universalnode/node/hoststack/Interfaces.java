package org.universalnode.node.hoststack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.universalnode.nffg.InterfaceAddress;

/** What the machine says of its interfaces, and how long it has been up. */
final class Interfaces {
  private static final double NANOS = 1e9;

  private Interfaces() {}

  /** The kernel's number of an interface; 0 if there is none of that name. */
  static int index(String name) {
    return find(name).map(NetworkInterface::getIndex).orElse(0);
  }

  static boolean hasAddress(StackInterface at, InterfaceAddress address) {
    InetAddress wanted = InetAddress.ofLiteral(address.address().toString());
    return find(at.name())
        .filter(present -> present.getIndex() == at.index())
        .filter(present -> present.inetAddresses().anyMatch(wanted::equals))
        .isPresent();
  }

  /** Since the machine was started, whatever was done to its clock (proc(5), /proc/uptime). */
  static Duration uptime() {
    try {
      String text = Files.readString(Path.of("/proc/uptime"));
      return Duration.ofNanos((long) (Double.parseDouble(text.split(" ", 2)[0]) * NANOS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<NetworkInterface> find(String name) {
    try {
      return Optional.ofNullable(NetworkInterface.getByName(name));
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }
}
