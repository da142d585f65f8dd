package org.universalnode.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.universalnode.node.capability.MachinePrograms;
import org.universalnode.node.rest.Listener;
import org.universalnode.node.tls.OwnCertificate;
import org.universalnode.node.tls.ServerIdentity;

/** Where a node listens, and what it shows there. */
final class Entrances {
  private static final System.Logger LOG = System.getLogger(Entrances.class.getName());

  private Entrances() {}

  /** The one on loopback first. */
  static List<Listener> of(NodeOptions options) {
    List<Listener> listeners = new ArrayList<>();
    listeners.add(Listener.local(options.listen()));
    options
        .operator()
        .security()
        .tls()
        .ifPresent(
            address ->
                listeners.add(Listener.secure(address, identity(options, address).context())));
    return listeners;
  }

  private static ServerIdentity identity(NodeOptions options, InetSocketAddress address) {
    return options.operator().security().identity().orElseGet(() -> own(options, address));
  }

  private static ServerIdentity own(NodeOptions options, InetSocketAddress address) {
    ServerIdentity own =
        new OwnCertificate(
                SecurityOptions.folder(options.state()), new MachinePrograms(options.state()))
            .identity(names(options, address.getAddress()));
    LOG.log(
        System.Logger.Level.INFO,
        "clients that trust {0} know this node (un --ca, curl --cacert)",
        own.certificate());
    return own;
  }

  /** How clients can call it. */
  private static Set<String> names(NodeOptions options, InetAddress address) {
    Set<String> names = new TreeSet<>(Set.of("localhost", "127.0.0.1", "::1"));
    String said = options.operator().northbound().managementAddress().replaceFirst(":\\d+$", "");
    names.add(said.replaceAll("[\\[\\]]", ""));
    if (address.isAnyLocalAddress()) {
      names.addAll(addressesOfMachine());
    } else {
      names.add(literal(address));
    }
    hostName().ifPresent(names::add);
    names.removeIf(name -> !name.matches("[0-9A-Za-z.:-]+"));
    return names;
  }

  private static Optional<String> hostName() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      LOG.log(System.Logger.Level.DEBUG, "the machine has no name that is an address", e);
      return Optional.empty();
    }
  }

  private static List<String> addressesOfMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress())
          .map(Entrances::literal)
          .toList();
    } catch (SocketException e) {
      LOG.log(System.Logger.Level.WARNING, "the machine's addresses are unknown", e);
      return List.of();
    }
  }

  private static String literal(InetAddress address) {
    return address.getHostAddress().replaceFirst("%.*", "");
  }
}
