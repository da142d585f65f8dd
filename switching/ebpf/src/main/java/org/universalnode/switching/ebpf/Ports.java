package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.universalnode.linux.Link;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl;
import org.universalnode.linux.Veth;
import org.universalnode.problem.Problem;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;

/** Ports that are network devices. A port's number is its device's interface index. */
final class Ports implements AutoCloseable {
  private static final int FORWARD = 0;
  private static final int INTO_FUNCTION = 1;

  /** Flag of a device whose place for filters was made by us. */
  private static final int OUR_PLACE = 2;

  private static final int NAME_DIGITS = 12;

  private final String node;
  private final DataPlane plane;
  private final RouteSocket route = RouteSocket.open();
  private final TrafficControl traffic = TrafficControl.open();

  /** Opening makes every port that is there run today's program. */
  Ports(String node, DataPlane plane) {
    this.node = node;
    this.plane = plane;
    for (AttachedPort port : all()) {
      route
          .link(port.switchInterface())
          .ifPresent(link -> traffic.attach(link, plane.program(), owner()));
    }
  }

  AttachedPort create(LsiId lsi, Attachment attachment) {
    return switch (attachment) {
      case Attachment.HostInterface(String name) -> {
        Link link = route.link(name).orElseThrow(() -> missing(name).asException());
        yield attach(lsi, link, FORWARD);
      }
      case Attachment.FunctionInterface function -> {
        Link link = veth(function);
        AttachedPort port = attach(lsi, link, INTO_FUNCTION);
        route.up(link); // only now, so that not one frame reaches the host's own stack
        yield port;
      }
    };
  }

  void delete(Attachment attachment) {
    switch (attachment) {
      case Attachment.HostInterface(String name) -> detach(name);
      case Attachment.FunctionInterface function -> removeVeth(switchSide(function.identity()));
    }
  }

  void deleteAll(LsiId lsi) {
    for (AttachedPort port : all()) {
      if (port.port().lsi().equals(lsi)) {
        removeByName(port.switchInterface());
      }
    }
  }

  /** Ports in the kernel's map; those whose device is gone are dropped from it. */
  List<AttachedPort> all() {
    List<Link> links = route.links();
    List<AttachedPort> ports = new ArrayList<>();
    for (ByteBuffer key : plane.devices().keys()) {
      int index = key.getInt(0);
      links.stream()
          .filter(link -> link.index() == index)
          .findFirst()
          .ifPresentOrElse(
              link ->
                  plane
                      .devices()
                      .get(key)
                      .ifPresent(device -> ports.add(port(lsiOf(device), link))),
              () -> plane.devices().remove(key));
    }
    return ports;
  }

  @Override
  public void close() {
    route.close();
    traffic.close();
  }

  private Link veth(Attachment.FunctionInterface function) {
    String name = switchSide(function.identity());
    return route
        .link(name)
        .orElseGet(
            () -> {
              NetworkNamespace namespace = NetworkNamespace.named(function.namespace());
              String mac = function.mac().toString();
              Link made =
                  route.createVeth(new Veth(name, function.interfaceName(), mac, namespace));
              route.markSilent(made, mark(function.identity()));
              return made;
            });
  }

  private AttachedPort attach(LsiId lsi, Link link, int delivery) {
    int earlier = flags(link);
    boolean made = traffic.attach(link, plane.program(), owner());
    int place = made ? OUR_PLACE : earlier & OUR_PLACE;
    ByteBuffer device = plane.devices().value().putInt(lsi.number()).putInt(delivery | place);
    plane.devices().put(key(link), device);
    return port(lsi, link);
  }

  private int flags(Link link) {
    return plane.devices().get(key(link)).map(device -> device.getInt(4)).orElse(0);
  }

  private void removeByName(String name) {
    boolean ours = route.link(name).filter(link -> link.alias().startsWith(mark(""))).isPresent();
    if (ours) {
      removeVeth(name);
    } else {
      detach(name);
    }
  }

  private void removeVeth(String name) {
    route.link(name).ifPresent(link -> plane.devices().remove(key(link)));
    route.deleteLink(name);
  }

  /** A place for filters that somebody uses by now stays. */
  private void detach(String name) {
    route
        .link(name)
        .ifPresent(
            link -> {
              boolean ours = (flags(link) & OUR_PLACE) != 0 && !traffic.hasOthers(link);
              traffic.detach(link, ours);
              plane.devices().remove(key(link));
            });
  }

  private ByteBuffer key(Link link) {
    return plane.devices().key().putInt(link.index());
  }

  private static LsiId lsiOf(ByteBuffer device) {
    return new LsiId(device.getInt(0));
  }

  private static AttachedPort port(LsiId lsi, Link link) {
    return new AttachedPort(new LsiPort(lsi, link.index()), link.name());
  }

  private String owner() {
    return "universal-node/" + node;
  }

  /** What a link of ours says of itself, within the kernel's 255 characters. */
  private String mark(String identity) {
    String mark = owner() + "/" + identity;
    return mark.substring(0, Math.min(mark.length(), 255));
  }

  /** A name within the kernel's 15 characters, however many graphs there are. */
  private String switchSide(String identity) {
    try {
      byte[] text = mark(identity).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return "un" + HexFormat.of().formatHex(digest).substring(0, NAME_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static Problem missing(String name) {
    return Problem.of(
            Problem.Code.UNKNOWN_REFERENCE, "there is no interface \"" + name + "\" on this node")
        .next("create it, or name one that exists");
  }
}
