package org.universalnode.switching.openvswitch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.nffg.Action.SetField;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.EtherType;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpProtocol;
import org.universalnode.switching.openvswitch.openflow.Action;
import org.universalnode.switching.openvswitch.openflow.FlowMod;
import org.universalnode.switching.openvswitch.openflow.HeaderMatch;
import org.universalnode.switching.openvswitch.openflow.Match;
import org.universalnode.switching.openvswitch.openflow.NiciraAction;
import org.universalnode.switching.openvswitch.openflow.Oxm;

/**
 * Actions that leave a frame as it is if it lacks what they change. OpenFlow wants the match to say
 * that it is there, so each of them is a table whose flows look for it; the value comes in
 * registers.
 */
final class Setters {
  private static final int FIRST = 20;
  private static final int POP = 19;
  private static final int PUSH = 18;
  private static final int TAG_TYPE = 0x8100;
  private static final int PRIORITY = 1;

  /** The lowest bits first. */
  private static final List<Oxm> VALUE = List.of(Oxm.REG1, Oxm.REG2, Oxm.REG3, Oxm.REG4);

  private static final Match TAGGED =
      Match.ANY.with(Oxm.VLAN_VID, HeaderField.VLAN_PRESENT, HeaderField.VLAN_PRESENT);
  private static final Match IPV4 = Match.ANY.with(Oxm.ETH_TYPE, EtherType.IPV4);
  private static final Match IPV6 = Match.ANY.with(Oxm.ETH_TYPE, EtherType.IPV6);

  /** Fields that every frame has. */
  private static final Map<HeaderField, Oxm> EVERYWHERE =
      Map.of(HeaderField.SOURCE_MAC, Oxm.ETH_SRC, HeaderField.DEST_MAC, Oxm.ETH_DST);

  private static final List<HeaderField> FIELDS = SetField.FIELDS.stream().sorted().toList();

  private Setters() {}

  static List<FlowMod> flows() {
    List<FlowMod> flows = new ArrayList<>();
    flows.add(Pipeline.fixed(POP, PRIORITY, TAGGED, List.of(Pipeline.apply(new Action.PopVlan()))));
    flows.add(Pipeline.fixed(PUSH, PRIORITY, Match.ANY, List.of(Pipeline.apply(pushed()))));
    for (HeaderField field : FIELDS) {
      for (Oxm oxm : EVERYWHERE.containsKey(field) ? List.<Oxm>of() : HeaderMatch.fields(field)) {
        for (Match where : where(oxm)) {
          Action[] moves = moves(field, oxm);
          flows.add(Pipeline.fixed(table(field), PRIORITY, where, List.of(Pipeline.apply(moves))));
        }
      }
    }
    return flows;
  }

  static List<Action> set(HeaderField field, Bits value) {
    Optional<Oxm> everywhere = Optional.ofNullable(EVERYWHERE.get(field));
    if (everywhere.isPresent()) {
      return List.of(new Action.SetField(everywhere.get().exact(value.low())));
    }
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i * 32 < field.width(); i++) {
      long half = i < 2 ? value.low() : value.high();
      long part = (half >>> (32 * (i % 2))) & 0xffffffffL;
      actions.add(new NiciraAction.Load(VALUE.get(i).all(), part));
    }
    actions.add(new NiciraAction.Resubmit(table(field)));
    return actions;
  }

  /** Open vSwitch refuses flows of which it knows that they push more tags than it knows. */
  static List<Action> push(int vlan) {
    return List.of(
        new NiciraAction.Load(VALUE.getFirst().all(), vlan), new NiciraAction.Resubmit(PUSH));
  }

  static Action pop() {
    return new NiciraAction.Resubmit(POP);
  }

  private static Action[] pushed() {
    return new Action[] {
      new Action.PushVlan(TAG_TYPE),
      new Action.SetField(Oxm.VLAN_PCP.exact(0)),
      new NiciraAction.Move(VALUE.getFirst().bits(0, 12), Oxm.VLAN_VID.bits(0, 12))
    };
  }

  private static int table(HeaderField field) {
    return FIRST + FIELDS.indexOf(field);
  }

  /** The bit that says that there is a tag stays. */
  private static Action[] moves(HeaderField field, Oxm oxm) {
    int width = field == HeaderField.VLAN ? 12 : field.width();
    List<Action> moves = new ArrayList<>();
    for (int at = 0; at < width; at += 32) {
      int count = Math.min(32, width - at);
      moves.add(new NiciraAction.Move(VALUE.get(at / 32).bits(0, count), oxm.bits(at, count)));
    }
    return moves.toArray(Action[]::new);
  }

  /** Frames that have the field. */
  private static List<Match> where(Oxm oxm) {
    return switch (oxm) {
      case VLAN_VID, VLAN_PCP -> List.of(TAGGED);
      case IPV4_SRC, IPV4_DST -> List.of(IPV4);
      case IPV6_SRC, IPV6_DST -> List.of(IPV6);
      case IP_DSCP -> List.of(IPV4, IPV6);
      case TCP_SRC, TCP_DST -> transport(IpProtocol.TCP);
      case UDP_SRC, UDP_DST -> transport(IpProtocol.UDP);
      case SCTP_SRC, SCTP_DST -> transport(IpProtocol.SCTP);
      default -> throw new IllegalArgumentException("no action sets " + oxm);
    };
  }

  private static List<Match> transport(int protocol) {
    return Arrays.asList(
        firstFragment(IPV4.with(Oxm.IP_PROTO, protocol)),
        firstFragment(IPV6.with(Oxm.IP_PROTO, protocol)));
  }

  /** Later ones have no transport header, which Open vSwitch takes for one of zeros. */
  private static Match firstFragment(Match match) {
    return match.with(Oxm.IP_FRAG, 0, 2);
  }
}
