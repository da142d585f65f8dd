package org.universalnode.switching.openvswitch;

import java.util.List;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.kit.Harm;
import org.universalnode.testbed.PrivateOpenVswitch;

/** Harm to what is in the database, and to flows. */
record SwitchHarm(PrivateOpenVswitch ovs) {
  private static final LsiId GRAPH = new LsiId(1);
  private static final Place BASE = Place.of(LsiId.BASE);

  List<Harm> all() {
    return List.of(
        Harm.told("a function's port deleted", GRAPH, this::deletePort),
        Harm.told("an interface's port deleted", LsiId.BASE, this::deleteMachinePort),
        Harm.told("an end of a link deleted", GRAPH, this::deleteLink),
        Harm.told("the far end of a link deleted", LsiId.BASE, this::deleteFarLink),
        Harm.told("a link led elsewhere", GRAPH, this::misleadLink),
        Harm.told("a port without its marks", GRAPH, this::unmark),
        Harm.told("another number asked for", GRAPH, this::renumber),
        Harm.told("the controller deleted", GRAPH, v -> ovs.vsctl("del-controller", bridge(v))),
        Harm.told("another controller set", GRAPH, this::setController),
        Harm.told("the fail mode changed", GRAPH, this::setFailMode),
        Harm.told("the bridge deleted", GRAPH, v -> ovs.vsctl("del-br", bridge(v))),
        Harm.silent("all flows of a bridge deleted", GRAPH, v -> ovs.ofctl("del-flows", bridge(v))),
        Harm.silent("flows of rules deleted", GRAPH, this::deleteRules),
        Harm.silent("flows changed", GRAPH, this::changeFlows),
        Harm.silent("a flow added", LsiId.BASE, this::addFlow));
  }

  private static Names names(Harm.Victim victim) {
    return new Names(victim.node());
  }

  private static String bridge(Harm.Victim victim) {
    return names(victim).bridge(Place.of(GRAPH));
  }

  private static String end(Harm.Victim victim, Place place) {
    return names(victim).patch(place + "/" + BridgePort.Kind.LINK + "/" + GRAPH.number() + "/a");
  }

  private void deletePort(Harm.Victim victim) {
    ovs.vsctl("del-port", victim.function().switchInterface());
  }

  private void deleteMachinePort(Harm.Victim victim) {
    ovs.vsctl("del-port", victim.machine().switchInterface());
  }

  private void deleteLink(Harm.Victim victim) {
    ovs.vsctl("del-port", end(victim, Place.of(GRAPH)));
  }

  private void deleteFarLink(Harm.Victim victim) {
    ovs.vsctl("del-port", end(victim, BASE));
  }

  private void misleadLink(Harm.Victim victim) {
    ovs.vsctl("set", "interface", end(victim, Place.of(GRAPH)), "options:peer=nowhere");
  }

  private void unmark(Harm.Victim victim) {
    ovs.vsctl("clear", "interface", victim.function().switchInterface(), "external_ids");
  }

  private void renumber(Harm.Victim victim) {
    ovs.vsctl("set", "interface", victim.function().switchInterface(), "ofport_request=99");
  }

  private void setController(Harm.Victim victim) {
    ovs.vsctl("set-controller", bridge(victim), "unix:" + ovs.folder().resolve("nobody"));
  }

  private void setFailMode(Harm.Victim victim) {
    ovs.vsctl("set-fail-mode", bridge(victim), "standalone");
  }

  private void deleteRules(Harm.Victim victim) {
    String rules = "cookie=0x0500000000000000/0xff00000000000000";
    ovs.ofctl("del-flows", bridge(victim), rules);
  }

  private void changeFlows(Harm.Victim victim) {
    for (int slot : Pipeline.SLOTS) {
      ovs.ofctl("mod-flows", bridge(victim), "table=" + slot + ",actions=drop");
    }
  }

  private void addFlow(Harm.Victim victim) {
    int in = victim.machine().port().number();
    String flow = "table=0,priority=9,in_port=" + in + ",actions=drop";
    ovs.ofctl("add-flow", names(victim).bridge(BASE), flow);
  }
}
