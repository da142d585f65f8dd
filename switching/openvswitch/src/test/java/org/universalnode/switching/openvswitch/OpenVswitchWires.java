package org.universalnode.switching.openvswitch;

import java.time.Duration;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpProtocol;
import org.universalnode.switching.kit.NamespaceWires;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.Headers;

/** Wires to a switch that is in a namespace of its own, and differs from the reference. */
final class OpenVswitchWires extends NamespaceWires {
  private static final int TYPE_AT = 12;
  private static final int MOST_TAGS = 2;
  private static final int DROP_ELIGIBLE = 0x10;

  OpenVswitchWires(NetworkNamespace near) {
    super(near);
  }

  /**
   * Open vSwitch knows two tags, and takes their bit 12 for its own sign that there is a tag. What
   * one frame makes it keep also decides about others, so ones that are not whole are not sent.
   */
  @Override
  public boolean carries(Frame frame) {
    return tagsAreCarried(frame)
        && transportIsCarried(frame.headers())
        && WholePackets.contains(frame);
  }

  /** It mends SCTP's sum, and that of TCP and UDP where a later fragment has something else. */
  private static boolean transportIsCarried(Headers headers) {
    boolean sctp = headers.number(HeaderField.PROTOCOL) == IpProtocol.SCTP;
    boolean later = headers.has(HeaderField.PROTOCOL) && !headers.has(HeaderField.SOURCE_PORT);
    boolean sums =
        headers.number(HeaderField.PROTOCOL) == IpProtocol.TCP
            || headers.number(HeaderField.PROTOCOL) == IpProtocol.UDP;
    return !sctp && !(later && sums);
  }

  private static boolean tagsAreCarried(Frame frame) {
    byte[] bytes = frame.bytes();
    int tags = 0;
    for (int at = TYPE_AT; at + 4 <= bytes.length && isTag(bytes, at); at += 4) {
      if (++tags > MOST_TAGS || (bytes[at + 2] & DROP_ELIGIBLE) != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTag(byte[] bytes, int at) {
    int type = ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    return type == 0x8100 || type == 0x88a8;
  }

  /** It does not count steps, but how deep they are in each other. */
  @Override
  public boolean cutsAlike() {
    return false;
  }

  /** Twice the time between two looks of Open vSwitch at its data path. */
  @Override
  public Duration countersLag() {
    return Duration.ofMillis(1200);
  }
}
