package org.universalnode.nffg;

import java.util.Locale;
import org.universalnode.problem.ProblemException;

/** The IP protocols that the formalism knows by name or gives a meaning. */
public final class IpProtocol {
  public static final int ICMP = 1;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int ICMPV6 = 58;
  public static final int SCTP = 132;

  private IpProtocol() {}

  /** Whether its packets carry source and destination ports. */
  public static boolean hasPorts(int protocol) {
    return protocol == TCP || protocol == UDP || protocol == SCTP;
  }

  /**
   * Reads a number from 0 to 255 or a name such as {@code tcp}, in any case.
   *
   * @throws ProblemException if it is neither
   */
  static int parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "icmp" -> ICMP;
      case "igmp" -> 2;
      case "tcp" -> TCP;
      case "udp" -> UDP;
      case "gre" -> 47;
      case "esp" -> 50;
      case "ah" -> 51;
      case "icmpv6" -> ICMPV6;
      case "ospf" -> 89;
      case "sctp" -> SCTP;
      default -> FieldNumber.parse(text, 0, 255);
    };
  }
}
