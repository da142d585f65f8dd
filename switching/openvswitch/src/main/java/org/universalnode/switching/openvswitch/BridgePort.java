package org.universalnode.switching.openvswitch;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.universalnode.switching.LsiPort;

/**
 * A port of a bridge, as the database has it.
 *
 * @param number in OpenFlow, the same in the LSI, and no other's on this node but the far side's of
 *     a group's member
 * @param identity names the port among those of its kind
 * @param name of the interface
 */
record BridgePort(Place place, int number, Kind kind, String identity, String name) {
  private static final String NUMBER = "universal-node-port";
  private static final String KIND = "universal-node-kind";
  private static final String IDENTITY = "universal-node-identity";

  /** What a port leads to. */
  enum Kind {
    /** An interface that the operator gave, which was up. */
    HOST,
    /** One that was down. */
    DOWN_HOST,
    FUNCTION,
    STACK,
    /** An end of a virtual link. */
    LINK,
    /** The member of a group, at the side of LSI-0. */
    MEMBER,
    /** The other side of a member. */
    SPOKE,
    TUNNEL,
    /** A vhost-user socket. */
    SOCKET;

    boolean isDevice() {
      return isOfMachine() || this == FUNCTION || this == STACK;
    }

    boolean isOfMachine() {
      return this == HOST || this == DOWN_HOST;
    }

    /** Whether it is an LSI's port without being an interface of the kernel. */
    boolean hasNoDevice() {
      return this == MEMBER || this == TUNNEL || this == SOCKET;
    }

    boolean isPatch() {
      return this == LINK || this == MEMBER || this == SPOKE;
    }
  }

  LsiPort port() {
    return new LsiPort(place.lsi().orElseThrow(), number);
  }

  Map<String, String> ids(Names names) {
    Map<String, String> ids = new HashMap<>(names.mark(place));
    ids.put(NUMBER, Integer.toString(number));
    ids.put(KIND, kind.name().toLowerCase(Locale.ROOT));
    ids.put(IDENTITY, identity);
    return ids;
  }

  static BridgePort of(String name, Map<String, String> ids) {
    return new BridgePort(
        Names.place(ids),
        Integer.parseInt(ids.getOrDefault(NUMBER, "0")),
        Kind.valueOf(ids.getOrDefault(KIND, "").toUpperCase(Locale.ROOT)),
        ids.getOrDefault(IDENTITY, ""),
        name);
  }

  static boolean isOne(Map<String, String> ids) {
    return ids.containsKey(NUMBER) && ids.containsKey(KIND);
  }
}
