package org.universalnode.node.hoststack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.InterfaceAddress;

/** What the machine says of its interfaces, and how long it has been up. */
final class Interfaces {
  private static final double NANOS = 1e9;

  private Interfaces() {}

  /** The kernel's number of an interface; 0 if there is none of that name. */
  static int index(String name) {
    try (RouteSocket route = RouteSocket.open()) { // Java finds none without an address
      return route.link(name).map(Link::index).orElse(0);
    }
  }

  static boolean hasAddress(StackInterface at, InterfaceAddress address) {
    InetAddress wanted = InetAddress.ofLiteral(address.address().toString());
    try {
      NetworkInterface present = NetworkInterface.getByName(at.name());
      return present != null
          && present.getIndex() == at.index()
          && present.inetAddresses().anyMatch(wanted::equals);
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
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
}
