package org.universalnode.switching.openvswitch;

import java.util.List;
import org.universalnode.switching.openvswitch.openflow.Action;
import org.universalnode.switching.openvswitch.openflow.FlowMod;
import org.universalnode.switching.openvswitch.openflow.Instruction;
import org.universalnode.switching.openvswitch.openflow.Match;
import org.universalnode.switching.openvswitch.openflow.NiciraAction;
import org.universalnode.switching.openvswitch.openflow.NiciraAction.Part;
import org.universalnode.switching.openvswitch.openflow.Oxm;
import org.universalnode.switching.openvswitch.openflow.PortNumber;

/**
 * The flows of a bridge that is a learning group: it sends to where an address was last seen,
 * whatever the frame's tags are, and everywhere else if it was not.
 */
final class GroupFlows {
  private static final int ARRIVAL = 0;
  private static final int ADDRESSES = 1;
  private static final int FORGET_SECONDS = 300;
  private static final long GROUP_ADDRESS = 1L << 40;

  private GroupFlows() {}

  static List<FlowMod> foundation() {
    Instruction flood = Pipeline.apply(new Action.Output(PortNumber.ALL));
    return List.of(Pipeline.fixed(ADDRESSES, 1, Match.ANY, List.of(flood)));
  }

  /** Addresses of groups are no sources. */
  static List<FlowMod> port(BridgePort spoke) {
    Match in = Pipeline.in(spoke.number());
    Match fromGroup = in.with(Oxm.ETH_SRC, GROUP_ADDRESS, GROUP_ADDRESS);
    Instruction send = Pipeline.goTo(ADDRESSES);
    long cookie = Cookie.PORT.of(spoke.number());
    return List.of(
        FlowMod.add(ARRIVAL, 1, in, List.of(Pipeline.apply(learn(spoke)), send)).withCookie(cookie),
        FlowMod.add(ARRIVAL, 2, fromGroup, List.of(send)).withCookie(cookie));
  }

  private static Action learn(BridgePort spoke) {
    return NiciraAction.Learn.into(
            ADDRESSES,
            2,
            FORGET_SECONDS,
            List.of(
                new Part.MatchField(Oxm.ETH_SRC.all(), Oxm.ETH_DST.all()),
                new Part.OutputField(Oxm.NXM_IN_PORT.all())))
        .withCookie(Cookie.LEARNED.of(spoke.number()));
  }
}
