package org.universalnode.switching.openvswitch.openflow;

import java.util.List;

/** Questions about state, whose answers may be many messages: OpenFlow 1.3.5 section 7.3.5. */
public sealed interface Multipart extends Message {

  record Request(Query query) implements Multipart {}

  /**
   * A part of the answer.
   *
   * @param more whether another reply of the same transaction follows
   */
  record Reply(boolean more, Part part) implements Multipart {}

  /** What is asked. */
  sealed interface Query {
    record Description() implements Query {}

    /**
     * The flows that match at least this, in all tables or one, whose cookies have these bits.
     *
     * @param outPort one that they send to, or {@link PortNumber#ANY}
     */
    record Flows(int table, int outPort, int outGroup, long cookie, long cookieMask, Match match)
        implements Query {

      /** Those of all tables whose cookies have these bits. */
      public static Flows of(long cookie, long mask) {
        return new Flows(
            FlowMod.ALL_TABLES, PortNumber.ANY, FlowMod.ANY_GROUP, cookie, mask, Match.ANY);
      }
    }

    /** Counters of one port, or of all with {@link PortNumber#ANY}. */
    record PortTraffic(int port) implements Query {}

    record PortList() implements Query {}

    record Unknown(int type, Octets body) implements Query {}
  }

  /** One message's share of the answer. */
  sealed interface Part {
    record Description(
        String manufacturer, String hardware, String software, String serial, String datapath)
        implements Part {}

    record Flows(List<FlowStats> flows) implements Part {
      public Flows {
        flows = List.copyOf(flows);
      }
    }

    record PortTraffic(List<PortCounters> ports) implements Part {
      public PortTraffic {
        ports = List.copyOf(ports);
      }
    }

    record PortList(List<Port> ports) implements Part {
      public PortList {
        ports = List.copyOf(ports);
      }
    }

    record Unknown(int type, Octets body) implements Part {}
  }
}
