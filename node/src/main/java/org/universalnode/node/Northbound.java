package org.universalnode.node;

import com.google.gson.JsonObject;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.universalnode.catalog.resolve.Amounts;
import org.universalnode.linux.LinkEvent;
import org.universalnode.linux.LinkEvents;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.EndPoint.Kind.Vlan;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.node.capability.CapabilityWatch;
import org.universalnode.node.capability.CapabilityWatch.Pace;
import org.universalnode.node.capability.GraphUse;
import org.universalnode.node.capability.NodeCapabilities;
import org.universalnode.node.capability.NodeCapabilities.Snapshot;
import org.universalnode.node.deploy.GraphListener;
import org.universalnode.node.deploy.GraphState.Phase;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.Quotas;
import org.universalnode.node.description.DescriptionChange;
import org.universalnode.node.description.Domain;
import org.universalnode.node.description.DomainDescription;
import org.universalnode.node.event.EventLog;
import org.universalnode.node.event.NodeEvent;
import org.universalnode.node.upstream.Upstreams;

/** Tells those above the node what it can do, and when that changes. */
final class Northbound implements AutoCloseable {
  private final Domain domain;
  private final Set<String> given;
  private final EventLog events;
  private final Upstreams upstreams;
  private final CapabilityWatch watch;
  private final LinkEvents links;
  private Optional<JsonObject> told = Optional.empty();

  /** Watches and tells until closed. */
  Northbound(NodeOptions options, Domain domain, NodeCapabilities capabilities, EventLog events) {
    this.domain = domain;
    this.given = options.interfaces();
    this.events = events;
    this.upstreams = new Upstreams(options.operator().northbound().upstreams(), domain.id());
    this.watch = new CapabilityWatch(capabilities, options.functions(), this::look, Pace.USUAL);
    this.links = LinkEvents.listen(this::hear);
  }

  /** What a node says of itself where nobody told it what to say. */
  static Domain domain(NodeOptions options, String machine, int port) {
    NorthboundOptions said = options.operator().northbound();
    String listens = literal(options.listen().getAddress()) + ":" + port;
    return new Domain(
        said.id().isEmpty() ? Domain.idOf(machine) : said.id(),
        said.name().isEmpty() ? options.name() : said.name(),
        said.managementAddress().isEmpty() ? listens : said.managementAddress(),
        said.interfaces());
  }

  private static String literal(InetAddress address) {
    return address instanceof Inet6Address
        ? "[" + address.getHostAddress() + "]"
        : address.getHostAddress();
  }

  /** What graphs have of the machine. */
  static GraphUse use(Orchestrator graphs, Quotas quotas) {
    return new GraphUse() {
      @Override
      public Map<String, Set<Integer>> vlans() {
        return Northbound.vlans(graphs);
      }

      @Override
      public Amounts free() {
        return quotas.free();
      }
    };
  }

  /** Ids that end-points of graphs use, by interface. */
  private static Map<String, Set<Integer>> vlans(Orchestrator graphs) {
    Map<String, Set<Integer>> used = new HashMap<>();
    for (String id : graphs.ids()) {
      graphs
          .graph(id)
          .ifPresent(
              graph -> {
                for (EndPoint endPoint : graph.endPoints()) {
                  if (endPoint.kind() instanceof Vlan vlan) {
                    used.computeIfAbsent(vlan.interfaceName(), _ -> new TreeSet<>())
                        .add(vlan.vlan());
                  }
                }
              });
    }
    return used;
  }

  /** Graphs take resources when they come to another phase, and give them back. */
  GraphListener listener() {
    return new GraphListener() {
      @Override
      public void phase(String graph, Phase phase, String reason) {
        watch.soon();
      }

      @Override
      public void gone(String graph) {
        watch.soon();
      }
    };
  }

  @Override
  public void close() {
    links.close();
    watch.close();
    upstreams.close();
  }

  private void look(Snapshot snapshot) {
    JsonObject now = DomainDescription.of(domain, snapshot);
    if (told.filter(now::equals).isPresent()) {
      return;
    }
    told.ifPresent(
        before ->
            events.publish(new NodeEvent.Capabilities(DescriptionChange.between(before, now))));
    told = Optional.of(now);
    upstreams.tell(JsonText.compact(now));
  }

  private void hear(LinkEvent event) {
    switch (event) {
      case LinkEvent.Present(var link) -> soon(link.name());
      case LinkEvent.Gone(var link) -> soon(link.name());
      case LinkEvent.Missed _ -> watch.soon();
    }
  }

  private void soon(String name) {
    if (given.contains(name)) {
      watch.soon();
    }
  }
}
