package org.universalnode.switching.ebpf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.BpfObject;
import org.universalnode.linux.BpfProgram;
import org.universalnode.problem.Result;

/**
 * The program and maps of one node, pinned in a folder of their own. Opening takes over what an
 * earlier process of the node left, content and all.
 */
final class DataPlane implements AutoCloseable {
  static final String PROGRAM = "lsi";

  /** What the program works with; nobody else looks at it, but it is pinned. */
  private static final String WALKS = "walks";

  private final Pins pins;
  private final Path folder;
  private final Handover handover;
  private final Map<String, BpfMap> maps = new LinkedHashMap<>();
  private final Map<String, OwnMap> own = new LinkedHashMap<>();
  private final BpfProgram program;

  /** The version that walks through the LSIs begin with. */
  final OwnMap version;

  /** Ports by the index of their device. */
  final OwnMap devices;

  final OwnMap ports;
  final OwnMap tables;
  final OwnMap moreTuples;
  final BpfMap rules;
  final BpfMap wideRules;
  final OwnMap programs;
  final BpfMap counters;
  final BpfMap traffic;
  final BpfMap learned;
  final OwnMap groups;
  final OwnMap tunnels;
  final OwnMap tunnelPorts;
  final OwnMap joints;
  final OwnMap ruleCounters;

  /** By the index of a link, at which the switch made the place for filters. */
  final BpfMap places;

  private DataPlane(Pins pins, Handover handover) {
    this.pins = pins;
    this.folder = pins.folder();
    this.handover = handover;
    program = BpfProgram.pinned(folder.resolve(PROGRAM));
    version = array("version", 4, 4);
    devices = hash("devices", 4, 12);
    ports = array("ports", 4, PortTable.BYTES);
    tables = hash("tables", 4, TableHead.BYTES);
    moreTuples = hash("more_tuples", 4, TableHead.MORE_BYTES);
    rules = map("rules", RuleStore.NARROW_KEY_BYTES, Lives.BYTES);
    wideRules = map("wide_rules", RuleStore.WIDE_KEY_BYTES, Lives.BYTES);
    programs = hash("programs", 4, RuleWriter.PROGRAM_BYTES);
    counters = perProcessor("counters", 16);
    traffic = perProcessor("traffic", 48);
    learned = map("learned", 12, 4);
    groups = hash("groups", 4, Groups.MEMBERS_BYTES);
    tunnels = hash("tunnels", 4, VxlanTunnels.TUNNEL_BYTES);
    tunnelPorts = hash("tunnel_ports", VxlanTunnels.KEY_BYTES, 4);
    joints = hash("joints", 4, 8 + Joints.NAME_BYTES);
    ruleCounters = hash("rule_counters", 16, 4);
    places = map("places", 4, 4);
    maps.put(WALKS, BpfMap.pinned(folder.resolve(WALKS)));
  }

  static DataPlane open(String node) {
    BpfFilesystem.ensureMounted();
    Pins pins = new Pins(node);
    try {
      List<Predecessor> before = pins.open().stream().map(Predecessor::new).toList();
      BpfObject.load(object("lsi.bpf.o"), List.of(PROGRAM), pins.folder());
      return new DataPlane(pins, new Handover(pins, before));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From those that left maps of another layout. */
  Handover handover() {
    return handover;
  }

  /** The part for GRE tunnels, or why this kernel has none; the caller closes it. */
  Result<GrePlane> gre() {
    return Result.of(
        () -> {
          try {
            BpfObject.load(object("gre.bpf.o"), GrePlane.PROGRAMS, folder);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return new GrePlane(folder);
        });
  }

  /**
   * Makes the maps that only the switch writes what they should be.
   *
   * @return keys of the entries that were not, by the name of their map
   */
  Map<String, Set<ByteBuffer>> mend() {
    Map<String, Set<ByteBuffer>> wrong = new HashMap<>();
    own.forEach((name, map) -> wrong.put(name, map.mend()));
    wrong.values().removeIf(Set::isEmpty);
    return wrong;
  }

  Pins pins() {
    return pins;
  }

  /**
   * Pins again what is not pinned any more, of what keeps the node's traffic when it ends.
   *
   * @return whether anything was not
   */
  boolean repin() {
    try {
      boolean changed = pins.restoreFolder();
      changed |= program.repin(folder.resolve(PROGRAM));
      for (Map.Entry<String, BpfMap> map : maps.entrySet()) {
        changed |= map.getValue().repin(folder.resolve(map.getKey()));
      }
      return changed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BpfProgram program() {
    return program;
  }

  /** Removes everything this node has in the kernel's BPF file system; its ports must be gone. */
  void unpin() {
    try {
      pins.remove();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    program.close();
    maps.values().forEach(BpfMap::close);
  }

  private OwnMap hash(String name, int keyBytes, int valueBytes) {
    OwnMap map = OwnMap.hash(map(name, keyBytes, valueBytes));
    own.put(name, map);
    return map;
  }

  private OwnMap array(String name, int keyBytes, int valueBytes) {
    OwnMap map = OwnMap.array(map(name, keyBytes, valueBytes));
    own.put(name, map);
    return map;
  }

  private BpfMap map(String name, int keyBytes, int valueBytes) {
    BpfMap map = BpfMap.pinned(folder.resolve(name), new BpfMap.Shape(keyBytes, valueBytes));
    maps.put(name, map);
    return map;
  }

  private BpfMap perProcessor(String name, int valueBytes) {
    return map(name, 4, valueBytes * BpfMap.possibleProcessors());
  }

  private static byte[] object(String name) throws IOException {
    try (InputStream stream = DataPlane.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the data plane is missing from the build");
      }
      return stream.readAllBytes();
    }
  }
}
