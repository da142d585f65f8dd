package org.universalnode.switching.openvswitch;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import org.universalnode.switching.devices.Digest;

/** How one node's things are called in a switch that it may share with others. */
record Names(String node) {
  private static final String NODE = "universal-node";
  private static final String PLACE = "universal-node-place";
  private static final int DIGEST_BYTES = 6;

  String bridge(Place place) {
    return "ub" + digest("bridge:" + place);
  }

  /** An end of a pair of patch ports. */
  String patch(String end) {
    return "up" + digest("patch:" + end);
  }

  /** The interface at the end of a tunnel, of which there is one between these ends. */
  String tunnel(String ends) {
    return "ut" + digest("tunnel:" + ends);
  }

  /** A vhost-user socket, which has the name of its interface. */
  String vhostUser(String identity) {
    return "uv" + digest("socket:" + identity);
  }

  /** In the folder where Open vSwitch looks for controllers. */
  String socket() {
    return "un" + digest("controller") + ".ctl";
  }

  /** Never 0. */
  long datapath(Place place) {
    return ByteBuffer.wrap(Digest.of(node + "/" + place, Long.BYTES)).getLong() | 1;
  }

  /** What everything of this node bears. */
  Map<String, String> mark() {
    return Map.of(NODE, node);
  }

  Map<String, String> mark(Place place) {
    return Map.of(NODE, node, PLACE, place.text());
  }

  static Place place(Map<String, String> ids) {
    return new Place(ids.getOrDefault(PLACE, ""));
  }

  private String digest(String what) {
    return HexFormat.of().formatHex(Digest.of(node + "/" + what, DIGEST_BYTES));
  }
}
