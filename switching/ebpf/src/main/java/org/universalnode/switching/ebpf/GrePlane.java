package org.universalnode.switching.ebpf;

import java.nio.file.Path;
import java.util.List;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.BpfProgram;

/** The programs and maps of GRE tunnels, pinned beside those of the LSIs. */
final class GrePlane implements AutoCloseable {
  static final List<String> PROGRAMS = List.of("gre_out", "gre_route", "gre_in");

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
  final BpfMap tunnels;

  /** Indexes of ports' interfaces by the ends of tunnels. */
  final BpfMap ports;

  /** By the index of a link at which packets are taken in. */
  final BpfMap underlays;

  GrePlane(Path folder) {
    out = BpfProgram.pinned(folder.resolve("gre_out"));
    route = BpfProgram.pinned(folder.resolve("gre_route"));
    in = BpfProgram.pinned(folder.resolve("gre_in"));
    tunnels = map(folder, "gre_tunnels", 4, TUNNEL_BYTES);
    ports = map(folder, "gre_ports", ENDS_BYTES, 4);
    underlays = map(folder, "gre_underlays", 4, 4);
  }

  @Override
  public void close() {
    List.of(out, route, in).forEach(BpfProgram::close);
    List.of(tunnels, ports, underlays).forEach(BpfMap::close);
  }

  private static BpfMap map(Path folder, String name, int keyBytes, int valueBytes) {
    return BpfMap.pinned(folder.resolve(name), new BpfMap.Shape(keyBytes, valueBytes));
  }
}
