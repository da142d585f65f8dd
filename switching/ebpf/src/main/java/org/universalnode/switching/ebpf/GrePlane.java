package org.universalnode.switching.ebpf;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.BpfProgram;

/** The programs and maps of GRE tunnels, pinned beside those of the LSIs. */
final class GrePlane implements AutoCloseable {
  private static final String OUT = "gre_out";
  private static final String ROUTE = "gre_route";
  private static final String IN = "gre_in";
  static final List<String> PROGRAMS = List.of(OUT, ROUTE, IN);

  private static final String TUNNELS = "gre_tunnels";
  private static final String PORTS = "gre_ports";
  private static final String UNDERLAYS = "gre_underlays";

  /** Addresses, key and version of IP. */
  static final int ENDS_BYTES = 40;

  /** Where a tunnel has the index of the link by which its packets leave. */
  static final int UNDERLAY_AT = 44;

  private static final int TUNNEL_BYTES = 48;

  /** Puts outer headers on frames that leave by a port. */
  final BpfProgram out;

  /** Sends frames on that come out of a port's peer. */
  final BpfProgram route;

  /** Takes packets in, where they arrive at the machine. */
  final BpfProgram in;

  /** By the indexes of a port's interface and of its peer. */
  final OwnMap tunnels;

  /** Indexes of ports' interfaces by the ends of tunnels. */
  final OwnMap ports;

  /** By the index of a link at which packets are taken in. */
  final OwnMap underlays;

  private final Path folder;

  GrePlane(Path folder) {
    this.folder = folder;
    out = BpfProgram.pinned(folder.resolve(OUT));
    route = BpfProgram.pinned(folder.resolve(ROUTE));
    in = BpfProgram.pinned(folder.resolve(IN));
    tunnels = map(folder, TUNNELS, 4, TUNNEL_BYTES);
    ports = map(folder, PORTS, ENDS_BYTES, 4);
    underlays = map(folder, UNDERLAYS, 4, 4);
  }

  /** As {@link DataPlane#mend}; whether anything was not as it should be. */
  boolean mend() {
    boolean changed = false;
    for (OwnMap map : maps().values()) {
      changed |= !map.mend().isEmpty();
    }
    return changed;
  }

  /** As {@link DataPlane#repin}, when the folder is there. */
  boolean repin() {
    boolean changed = out.repin(folder.resolve(OUT));
    changed |= route.repin(folder.resolve(ROUTE));
    changed |= in.repin(folder.resolve(IN));
    for (Map.Entry<String, OwnMap> map : maps().entrySet()) {
      changed |= map.getValue().repin(folder.resolve(map.getKey()));
    }
    return changed;
  }

  private Map<String, OwnMap> maps() {
    return Map.of(TUNNELS, tunnels, PORTS, ports, UNDERLAYS, underlays);
  }

  @Override
  public void close() {
    List.of(out, route, in).forEach(BpfProgram::close);
    maps().values().forEach(OwnMap::close);
  }

  private static OwnMap map(Path folder, String name, int keyBytes, int valueBytes) {
    Path pin = folder.resolve(name);
    return OwnMap.hash(BpfMap.pinned(pin, new BpfMap.Shape(keyBytes, valueBytes)));
  }
}
