package org.universalnode.switching.ebpf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private final Pins pins;
  private final Path folder;
  private final Handover handover;
  private final List<BpfMap> maps = new ArrayList<>();
  private final BpfProgram program;

  /** The version that walks through the LSIs begin with. */
  final BpfMap version;

  /** Ports by the index of their device. */
  final BpfMap devices;

  final BpfMap ports;
  final BpfMap tables;
  final BpfMap moreTuples;
  final BpfMap rules;
  final BpfMap wideRules;
  final BpfMap programs;
  final BpfMap counters;
  final BpfMap traffic;
  final BpfMap learned;
  final BpfMap groups;
  final BpfMap tunnels;
  final BpfMap tunnelPorts;
  final BpfMap joints;
  final BpfMap ruleCounters;

  /** By the index of a link, at which the switch made the place for filters. */
  final BpfMap places;

  private DataPlane(Pins pins, Handover handover) {
    this.pins = pins;
    this.folder = pins.folder();
    this.handover = handover;
    program = BpfProgram.pinned(folder.resolve(PROGRAM));
    version = map("version", 4, 4);
    devices = map("devices", 4, 12);
    ports = map("ports", 4, PortTable.BYTES);
    tables = map("tables", 4, TableHead.BYTES);
    moreTuples = map("more_tuples", 4, TableHead.MORE_BYTES);
    rules = map("rules", RuleStore.NARROW_KEY_BYTES, Lives.BYTES);
    wideRules = map("wide_rules", RuleStore.WIDE_KEY_BYTES, Lives.BYTES);
    programs = map("programs", 4, RuleWriter.PROGRAM_BYTES);
    counters = perProcessor("counters", 16);
    traffic = perProcessor("traffic", 48);
    learned = map("learned", 12, 4);
    groups = map("groups", 4, Groups.MEMBERS_BYTES);
    tunnels = map("tunnels", 4, VxlanTunnels.TUNNEL_BYTES);
    tunnelPorts = map("tunnel_ports", VxlanTunnels.KEY_BYTES, 4);
    joints = map("joints", 4, 8 + Joints.NAME_BYTES);
    ruleCounters = map("rule_counters", 16, 4);
    places = map("places", 4, 4);
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
    maps.forEach(BpfMap::close);
  }

  private BpfMap map(String name, int keyBytes, int valueBytes) {
    BpfMap map = BpfMap.pinned(folder.resolve(name), new BpfMap.Shape(keyBytes, valueBytes));
    maps.add(map);
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
