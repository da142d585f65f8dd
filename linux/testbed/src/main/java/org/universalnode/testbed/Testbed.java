package org.universalnode.testbed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.Veth;

/** Some hosts, each at the end of a cable whose other end is an interface of this machine. */
public final class Testbed implements AutoCloseable {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final String name;
  private final List<Host> hosts = new ArrayList<>();
  private final RouteSocket route;

  public Testbed() {
    this(RouteSocket.open());
  }

  /** Cables end in the network namespace that this socket, which closes with it, serves. */
  public Testbed(RouteSocket route) {
    this.route = route;
    this.name = "ut" + ProcessHandle.current().pid() + "x" + NEXT.incrementAndGet();
  }

  /** A name that no other testbed on this machine has. */
  public String name() {
    return name;
  }

  /**
   * A new host.
   *
   * @param address its interface's address with prefix length, such as {@code 10.0.0.2/24}
   */
  public Host host(String address) {
    int number = hosts.size() + 1;
    NetworkNamespace namespace = NetworkNamespace.create(name + "-h" + number);
    Host host = new Host(namespace, name + "h" + number);
    hosts.add(host);
    plug(host, address);
    return host;
  }

  /** Pulls the host's cable and, when it is gone, plugs a new one of the same name in. */
  public void replug(Host host, String address) {
    route.deleteLink(host.cable());
    plug(host, address);
  }

  private void plug(Host host, String address) {
    String mac = "06:00:00:00:00:%02x".formatted(hosts.indexOf(host) + 1);
    route.up(route.createVeth(new Veth(host.cable(), Host.INTERFACE, mac, host.namespace())));
    host.configure(address);
  }

  @Override
  public void close() {
    hosts.forEach(host -> route.deleteLink(host.cable()));
    hosts.forEach(host -> host.namespace().delete());
    route.close();
  }
}
