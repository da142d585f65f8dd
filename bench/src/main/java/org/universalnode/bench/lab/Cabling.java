package org.universalnode.bench.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.linux.Link;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.Veth;

/** Makes hosts and joins them, in namespaces of its own, and removes what it made. */
final class Cabling implements AutoCloseable {
  private static final String PREFIX = "10.0.0.";
  private static final int PREFIX_LENGTH = 24;

  private final String name;
  private final Programs programs;
  private final RouteSocket here = RouteSocket.open();
  private final List<NetworkNamespace> namespaces = new ArrayList<>();
  private final List<String> cables = new ArrayList<>();

  Cabling(String name, Programs programs) {
    this.name = name;
    this.programs = programs;
  }

  /** One cable between the two. */
  Ends direct() {
    Ends ends = ends();
    String mac = mac(2);
    try (RouteSocket from = ends.from().namespace().routeSocket()) {
      NetworkNamespace to = ends.to().namespace();
      from.createVeth(new Veth(Station.INTERFACE, Station.INTERFACE, mac, to));
    }
    configure(ends.from());
    configure(ends.to());
    return ends;
  }

  /** A namespace between the two, in which a Linux bridge joins their cables. */
  Ends bridged() {
    Middle middle = middle();
    bridge(middle.namespace());
    return middle.ends();
  }

  /** A namespace between the two, in which nothing joins their cables. */
  Middle middle() {
    Ends ends = ends();
    NetworkNamespace middle = namespace();
    try (RouteSocket between = middle.routeSocket()) {
      plug(between, Middle.LAN, ends.from(), mac(1));
      plug(between, Middle.WAN, ends.to(), mac(2));
    }
    return new Middle(ends, middle);
  }

  /** Two cables that end at this machine's interfaces. */
  Plugged plugged() {
    Ends ends = ends();
    String lan = cable();
    String wan = cable();
    here.markSilent(plug(here, lan, ends.from(), mac(1)), name);
    here.markSilent(plug(here, wan, ends.to(), mac(2)), name);
    return new Plugged(ends, lan, wan);
  }

  @Override
  public void close() {
    cables.forEach(here::deleteLink);
    namespaces.forEach(NetworkNamespace::delete);
    here.close();
  }

  private Ends ends() {
    return new Ends(new Station(namespace(), PREFIX + 1), new Station(namespace(), PREFIX + 2));
  }

  /** A host with no cable. */
  NetworkNamespace namespace() {
    NetworkNamespace made = NetworkNamespace.create(name + "-h" + namespaces.size());
    namespaces.add(made);
    made.call(
        () -> {
          for (String which : List.of("all", "default")) {
            write(Path.of("/proc/sys/net/ipv6/conf", which, "disable_ipv6"), "1");
          }
          return made;
        });
    return made;
  }

  private String cable() {
    String made = name + "c" + cables.size();
    cables.add(made);
    return made;
  }

  private static Link plug(RouteSocket middle, String cable, Station station, String mac) {
    Link link = middle.createVeth(new Veth(cable, Station.INTERFACE, mac, station.namespace()));
    middle.up(link);
    configure(station);
    return link;
  }

  private static void configure(Station station) {
    try (RouteSocket route = station.namespace().routeSocket()) {
      route.up(Station.INTERFACE);
      route.addAddress(Station.INTERFACE, InetAddress.ofLiteral(station.address()), PREFIX_LENGTH);
    }
  }

  /** As the bridge function makes its own: no spanning tree, no queries, no connection tracking. */
  private void bridge(NetworkNamespace namespace) {
    Optional<NetworkNamespace> inside = Optional.of(namespace);
    String bridge = "ip link add bridge0 up arp off type bridge stp_state 0 mcast_snooping 0";
    programs.run(inside, bridge.split(" ", -1));
    for (String port : List.of(Middle.LAN, Middle.WAN)) {
      programs.run(inside, "ip", "link", "set", port, "master", "bridge0");
    }
    namespace.call(
        () -> {
          write(Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables"), "0");
          write(Path.of("/proc/sys/net/bridge/bridge-nf-call-ip6tables"), "0");
          return namespace;
        });
  }

  private static String mac(int number) {
    return "06:00:00:00:00:%02x".formatted(number);
  }

  /** A kernel without the setting needs none. */
  private static void write(Path setting, String value) {
    try {
      if (Files.exists(setting)) {
        Files.writeString(setting, value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
