package org.universalnode.nffg;

import org.universalnode.problem.ProblemException;

/** An address of an IP host. */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {

  /**
   * Reads an IPv4 or, if there is a colon in it, an IPv6 address.
   *
   * @throws ProblemException if it is written otherwise
   */
  static IpAddress parse(String text) {
    return text.indexOf(':') < 0 ? Ipv4Address.parse(text) : Ipv6Address.parse(text);
  }
}
