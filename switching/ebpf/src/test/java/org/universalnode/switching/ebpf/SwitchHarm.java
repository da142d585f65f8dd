package org.universalnode.switching.ebpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.BpfProgram;
import org.universalnode.linux.Link;
import org.universalnode.linux.Offloads;
import org.universalnode.linux.TrafficControl;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.kit.Harm;

/** Harm to programs and maps. */
final class SwitchHarm {
  private static final LsiId GRAPH = new LsiId(1);

  private SwitchHarm() {}

  static List<Harm> all() {
    return List.of(
        Harm.told("the filter of a function's port deleted", GRAPH, v -> detach(v, v.function())),
        Harm.told("the filter of an interface deleted", LsiId.BASE, v -> detach(v, v.machine())),
        Harm.told("the place for filters deleted", LsiId.BASE, v -> removePlace(v.machine())),
        Harm.told("the program of a port replaced", GRAPH, v -> replace(v, v.function())),
        Harm.told("promiscuous mode ended", LsiId.BASE, SwitchHarm::endPromiscuity),
        Harm.told("joining of packets ended", LsiId.BASE, SwitchHarm::endJoining),
        silent("devices", LsiId.BASE, v -> v.machine().index()),
        silent("devices", GRAPH, v -> v.function().index()),
        silent("joints", GRAPH, v -> v.link().graph().number()),
        Harm.silent("rules deleted", GRAPH, SwitchHarm::removeRules),
        Harm.silent("rules changed", GRAPH, SwitchHarm::changeRules),
        Harm.silent("a port led elsewhere", GRAPH, SwitchHarm::mislead),
        Harm.silent("a table deleted", GRAPH, SwitchHarm::removeTable),
        Harm.silent("the version changed", LsiId.BASE, SwitchHarm::changeVersion));
  }

  private static Harm silent(String map, LsiId told, ToIntFunction<Harm.Victim> key) {
    return Harm.silent(
        "an entry of " + map + " of " + told + " deleted",
        told,
        v -> alter(v, map, of -> of.remove(of.key().putInt(key.applyAsInt(v)))));
  }

  private static void alter(Harm.Victim victim, String name, Consumer<BpfMap> work) {
    try (BpfMap map = map(victim, name)) {
      work.accept(map);
    }
  }

  private static BpfMap map(Harm.Victim victim, String name) {
    return BpfMap.pinned(new Pins(victim.node()).folder().resolve(name));
  }

  /** The generation of the table that the function's port has. */
  private static int generation(Harm.Victim victim) {
    try (BpfMap ports = map(victim, "ports")) {
      ByteBuffer port =
          ports.get(ports.key().putInt(victim.function().port().number())).orElseThrow();
      return IntStream.range(0, PortTable.SLOTS)
          .map(slot -> port.getInt(8 * slot + 4))
          .filter(generation -> generation > PortTable.Slot.NO_RULES)
          .max()
          .orElseThrow();
    }
  }

  private static void removeTable(Harm.Victim victim) {
    int generation = generation(victim);
    alter(victim, "tables", map -> map.remove(map.key().putInt(generation)));
  }

  private static void removeRules(Harm.Victim victim) {
    int store = store(victim);
    alter(victim, "rules", map -> keys(map, store).forEach(map::remove));
  }

  private static void changeRules(Harm.Victim victim) {
    int store = store(victim);
    alter(victim, "rules", map -> keys(map, store).forEach(key -> map.put(key, map.value())));
  }

  private static int store(Harm.Victim victim) {
    int generation = generation(victim);
    try (BpfMap tables = map(victim, "tables")) {
      return tables.get(tables.key().putInt(generation)).orElseThrow().getInt(TableHead.STORE_AT);
    }
  }

  private static List<ByteBuffer> keys(BpfMap map, int store) {
    return map.keys().stream().filter(key -> key.getInt(0) == store).toList();
  }

  private static void mislead(Harm.Victim victim) {
    alter(
        victim,
        "ports",
        map -> map.put(map.key().putInt(victim.function().port().number()), map.value()));
  }

  private static void changeVersion(Harm.Victim victim) {
    alter(victim, "version", map -> map.put(map.key(), map.value().putInt(0, 77)));
  }

  private static Link link(Harm.Victim victim, AttachedPort port) {
    return victim.links().link(port.index()).orElseThrow();
  }

  private static void detach(Harm.Victim victim, AttachedPort port) {
    try (TrafficControl traffic = TrafficControl.open()) {
      traffic.detach(link(victim, port), Hook.INGRESS, "universal-node/" + victim.node());
    }
  }

  private static void removePlace(AttachedPort port) {
    run("tc", "qdisc", "del", "dev", port.switchInterface(), "clsact");
  }

  private static void replace(Harm.Victim victim, AttachedPort port) {
    Path other = new Pins(victim.node()).folder().resolve("gre_in");
    try (TrafficControl traffic = TrafficControl.open();
        BpfProgram program = BpfProgram.pinned(other)) {
      String owner = "universal-node/" + victim.node();
      traffic.attach(link(victim, port), Hook.INGRESS, program, owner);
    }
  }

  private static void endPromiscuity(Harm.Victim victim) {
    victim.links().promiscuous(link(victim, victim.machine()), false);
  }

  private static void endJoining(Harm.Victim victim) {
    try (Offloads offloads = Offloads.open()) {
      offloads.joinPackets(link(victim, victim.machine()), false);
    }
  }

  static void run(String... words) {
    try {
      Process process = new ProcessBuilder(words).inheritIO().start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", words));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
