package org.universalnode.node.deploy;

import java.util.List;
import java.util.Optional;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FieldMatch;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.PortRef;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.PortName;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.GraphTrace;
import org.universalnode.switching.reference.Trace;

/**
 * The way of one packet through a graph as its document has it, until it is dropped, leaves the
 * graph, or reaches a function: what that does with it, only the function knows.
 *
 * @param packet as it came in at {@code in}
 * @param hops in the order in which they were made
 * @param ends where it got to; none if it was dropped
 * @param cut whether copies were dropped because the way was too long
 */
public record PacketTrace(PortRef in, Frame packet, List<Hop> hops, List<End> ends, boolean cut) {

  /**
   * What one LSI did.
   *
   * @param in port of that LSI
   * @param frame in words, as it came in
   * @param rule id of the document's rule that decided; empty if none did: the frame was forwarded
   *     from a link to its destination, or dropped
   * @param actions in words and in order
   */
  public record Hop(
      LsiId lsi, String in, String frame, Optional<String> rule, List<String> actions) {

    public Hop {
      actions = List.copyOf(actions);
    }
  }

  /**
   * A port that got the frame.
   *
   * @param at port of the LSI
   * @param ports what the graph calls it; end-points at one interface are all named, but those of
   *     another VLAN
   * @param onward ports by which the function may send it on; empty if it left the graph
   */
  public record End(String at, List<PortRef> ports, List<PortRef> onward, Frame frame) {

    public End {
      ports = List.copyOf(ports);
      onward = List.copyOf(onward);
    }
  }

  public PacketTrace {
    hops = List.copyOf(hops);
    ends = List.copyOf(ends);
  }

  static PacketTrace of(DesiredGraph graph, PortRef in, Frame packet) {
    Trace trace = new GraphTrace(graph.id(), graph.graph()).run(in, packet);
    return new PacketTrace(
        in,
        packet,
        trace.hops().stream().map(hop -> hop(graph, hop)).toList(),
        trace.ends().stream().map(end -> end(graph, end)).toList(),
        trace.cut());
  }

  private static Hop hop(DesiredGraph graph, Trace.Hop hop) {
    LsiId lsi =
        switch (hop.lsi()) {
          case BASE -> LsiId.BASE;
          case GRAPH -> graph.lsi();
        };
    boolean forwarded = hop.in() instanceof PortName.Link;
    Optional<String> rule =
        hop.rule().filter(id -> !forwarded).map(id -> id.substring(graph.id().length() + 1));
    return new Hop(lsi, hop.in().toString(), hop.frame(), rule, hop.actions());
  }

  private static End end(DesiredGraph graph, Trace.End end) {
    String at = end.port().toString();
    Frame frame = end.frame();
    return switch (end.port()) {
      case PortName.OfFunction(PortRef.OfFunction port) ->
          new End(at, List.of(port), onward(graph, port), frame);
      case PortName.Outer port -> new End(at, endPoints(graph, port, frame), List.of(), frame);
      case PortName.Link _ -> throw new IllegalStateException("a packet never ends in a link");
    };
  }

  private static List<PortRef> onward(DesiredGraph graph, PortRef.OfFunction reached) {
    return graph.graph().function(reached.function()).map(NetworkFunction::ports).stream()
        .flatMap(List::stream)
        .map(FunctionPort::id)
        .<PortRef>map(label -> new PortRef.OfFunction(reached.function(), label))
        .filter(port -> !port.equals(reached))
        .toList();
  }

  private static List<PortRef> endPoints(DesiredGraph graph, PortName.Outer port, Frame frame) {
    return graph.endPointsAt(port).stream()
        .filter(endPoint -> carries(endPoint.kind(), frame))
        .<PortRef>map(endPoint -> new PortRef.OfEndPoint(endPoint.id()))
        .toList();
  }

  private static boolean carries(EndPoint.Kind kind, Frame frame) {
    return !(kind instanceof EndPoint.Kind.Vlan outside)
        || FieldMatch.vlan(outside.vlan()).value().equals(frame.headers().get(HeaderField.VLAN));
  }
}
