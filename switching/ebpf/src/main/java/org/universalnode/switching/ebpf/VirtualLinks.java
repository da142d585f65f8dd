package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.universalnode.linux.BpfMap;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.VirtualLink;

/**
 * Virtual links: two map entries, one for each end. Both ends have the same number, the lowest that
 * is free, so that numbers are used again.
 */
final class VirtualLinks {
  private static final int LINK = 0x8000_0000;
  private static final int DIGEST_AT = 8;
  private static final int DIGEST_BYTES = 16;

  private final BpfMap links;

  VirtualLinks(BpfMap links) {
    this.links = links;
  }

  synchronized VirtualLink connect(LsiId graph, String name) {
    byte[] digest = digest(graph, name);
    Set<Integer> taken = new HashSet<>();
    for (ByteBuffer key : links.keys()) {
      if (hasDigest(key, digest)) {
        return made(link(name, graph, key.getInt(4)), digest);
      }
      taken.add(key.getInt(4));
    }
    int number = LINK;
    while (taken.contains(number)) {
      number++;
    }
    return made(link(name, graph, number), digest);
  }

  /** Writes both ends, also of a link that is there: its maker may have died between the two. */
  private VirtualLink made(VirtualLink link, byte[] digest) {
    links.put(key(link.graph()), end(link.base(), digest));
    links.put(key(link.base()), end(link.graph(), digest));
    return link;
  }

  synchronized void disconnect(VirtualLink link) {
    links.remove(key(link.base()));
    links.remove(key(link.graph()));
  }

  synchronized void removeAll(LsiId graph) {
    for (LsiPort end : ends()) {
      if (end.lsi().equals(graph)) {
        disconnect(link("", graph, end.number()));
      }
    }
  }

  List<LsiPort> ends() {
    List<LsiPort> ends = new ArrayList<>();
    for (ByteBuffer key : links.keys()) {
      ends.add(new LsiPort(new LsiId(key.getInt(0)), key.getInt(4)));
    }
    return ends;
  }

  private boolean hasDigest(ByteBuffer key, byte[] digest) {
    ByteBuffer wanted = ByteBuffer.wrap(digest);
    return links
        .get(key)
        .map(end -> end.slice(DIGEST_AT, DIGEST_BYTES).equals(wanted))
        .orElse(false);
  }

  private static VirtualLink link(String name, LsiId graph, int number) {
    return new VirtualLink(name, new LsiPort(LsiId.BASE, number), new LsiPort(graph, number));
  }

  private ByteBuffer key(LsiPort end) {
    return links.key().putInt(end.lsi().number()).putInt(end.number());
  }

  private ByteBuffer end(LsiPort peer, byte[] digest) {
    return links.value().putInt(peer.lsi().number()).putInt(peer.number()).put(digest);
  }

  private static byte[] digest(LsiId graph, String name) {
    return Digest.of(graph.number() + "/" + name, DIGEST_BYTES);
  }
}
