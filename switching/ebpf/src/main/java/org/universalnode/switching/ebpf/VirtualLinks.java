package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.universalnode.linux.GracePeriod;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.ebpf.Joints.Joint;
import org.universalnode.switching.ebpf.PortTable.Kind;

/** Virtual links: two ports, each of which leads to the other. */
final class VirtualLinks {
  private final PortTable ports;
  private final Joints joints;
  private final GracePeriod grace;
  private final Map<ByteBuffer, VirtualLink> links = new HashMap<>();

  /** Takes over what is there; half a link, of a process that died over it, is removed. */
  VirtualLinks(PortTable ports, Joints joints, GracePeriod grace) {
    this.ports = ports;
    this.joints = joints;
    this.grace = grace;
    adopt();
  }

  synchronized VirtualLink connect(LsiId graph, String name) {
    ByteBuffer digest = Joints.name(graph.number() + "/" + name);
    VirtualLink present = links.get(digest);
    if (present != null) {
      lead(present.base(), present.graph(), digest);
      lead(present.graph(), present.base(), digest);
      return present;
    }
    VirtualLink link =
        new VirtualLink(
            name, new LsiPort(LsiId.BASE, ports.allocate()), new LsiPort(graph, ports.allocate()));
    lead(link.base(), link.graph(), digest);
    lead(link.graph(), link.base(), digest);
    links.put(digest, link);
    return link;
  }

  /** The ends that were there. */
  synchronized List<LsiPort> disconnect(VirtualLink link) {
    if (!links.values().removeIf(each -> each.graph().equals(link.graph()))) {
      return List.of();
    }
    remove(link.base());
    remove(link.graph());
    return List.of(link.base(), link.graph());
  }

  /** The ends that were there. */
  synchronized List<LsiPort> removeAll(LsiId graph) {
    return all().stream()
        .filter(link -> link.graph().lsi().equals(graph))
        .flatMap(link -> disconnect(link).stream())
        .toList();
  }

  synchronized List<VirtualLink> all() {
    return List.copyOf(links.values());
  }

  /** Frames for graphs that a predecessor carries are left to it. */
  synchronized void handOver(Handover handover) {
    for (VirtualLink link : links.values()) {
      boolean theirs = handover.carries(link.graph().lsi());
      Kind kind = theirs ? Kind.PREDECESSOR : Kind.LINK;
      if (!ports.leads(link.base().number(), kind)) {
        ports.lead(link.base(), kind, link.graph().number());
      }
    }
  }

  private void lead(LsiPort from, LsiPort to, ByteBuffer digest) {
    joints.put(from.number(), new Joint(from.lsi(), Kind.LINK, digest));
    boolean predecessors = ports.leads(from.number(), Kind.PREDECESSOR);
    ports.lead(from, predecessors ? Kind.PREDECESSOR : Kind.LINK, to.number());
  }

  /** Frames that are on their way still go by it. */
  private void remove(LsiPort end) {
    joints.remove(end.number());
    grace.afterwards(() -> ports.release(end.number()));
  }

  private void adopt() {
    Map<ByteBuffer, List<LsiPort>> ends = new HashMap<>();
    joints
        .all()
        .forEach(
            (number, joint) -> {
              if (joint.kind() == Kind.LINK) {
                ports.take(new LsiPort(joint.lsi(), number));
                ends.computeIfAbsent(joint.name(), _ -> new ArrayList<>())
                    .add(new LsiPort(joint.lsi(), number));
              }
            });
    ends.forEach(this::adopt);
  }

  private void adopt(ByteBuffer digest, List<LsiPort> ends) {
    List<LsiPort> base = ends.stream().filter(end -> end.lsi().isBase()).toList();
    List<LsiPort> graph = ends.stream().filter(end -> !end.lsi().isBase()).toList();
    if (base.size() == 1 && graph.size() == 1) {
      VirtualLink link = new VirtualLink("", base.getFirst(), graph.getFirst());
      lead(link.base(), link.graph(), digest);
      lead(link.graph(), link.base(), digest);
      links.put(digest, link);
    } else {
      ends.forEach(this::remove);
    }
  }
}
