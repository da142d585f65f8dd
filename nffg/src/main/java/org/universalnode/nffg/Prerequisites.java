package org.universalnode.nffg;

import java.util.OptionalInt;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** OpenFlow 1.3.5 section 7.2.3.8: which match fields need which others. */
final class Prerequisites {
  private final MatchFields fields;
  private final Problems problems = new Problems();

  private Prerequisites(MatchFields fields) {
    this.fields = fields;
  }

  /** The fields with all they imply. */
  static MatchFields of(MatchFields fields) {
    return new Prerequisites(fields).complete();
  }

  private MatchFields complete() {
    if (fields.sourceIp().isPresent()) {
      needsIpv4("source_ip");
    }
    if (fields.destIp().isPresent()) {
      needsIpv4("dest_ip");
    }
    if (fields.protocol().isPresent()) {
      needsIp();
    }
    if (fields.sourcePort().isPresent()) {
      needsPorts("source_port");
    }
    if (fields.destPort().isPresent()) {
      needsPorts("dest_port");
    }
    problems.throwIfAny();
    return impliedEtherType().isPresent()
        ? fields.withEtherType(impliedEtherType().getAsInt())
        : fields;
  }

  private OptionalInt impliedEtherType() {
    if (fields.etherType().isPresent()) {
      return fields.etherType();
    }
    if (fields.sourceIp().isPresent() || fields.destIp().isPresent()) {
      return OptionalInt.of(EtherType.IPV4);
    }
    return fields.protocol().stream()
        .map(protocol -> protocol == IpProtocol.ICMPV6 ? EtherType.IPV6 : EtherType.IPV4)
        .findFirst();
  }

  private void needsIpv4(String key) {
    if (impliedEtherType().orElse(EtherType.IPV4) != EtherType.IPV4) {
      contradiction(key, "an IPv4 address", "use ether_type 0x0800 or leave it out");
    }
  }

  private void needsIp() {
    int type = impliedEtherType().orElse(EtherType.IPV4);
    if (type != EtherType.IPV4 && type != EtherType.IPV6) {
      contradiction("protocol", "an IP protocol", "use ether_type 0x0800 or 0x86dd");
    }
  }

  private void contradiction(String key, String what, String nextStep) {
    String type = EtherType.format(fields.etherType().orElse(0));
    tell(key, what + " does not occur in frames of ether_type " + type, nextStep);
  }

  private void needsPorts(String key) {
    String nextStep = "set protocol to tcp, udp or sctp";
    if (fields.protocol().isEmpty()) {
      tell(key, "a port is matched, and no protocol", nextStep);
    } else if (!IpProtocol.hasPorts(fields.protocol().getAsInt())) {
      tell(key, "protocol " + fields.protocol().getAsInt() + " has no ports", nextStep);
    }
  }

  private void tell(String key, String detail, String nextStep) {
    problems.add(new Problem(Code.INVALID_DOCUMENT, "/" + key, detail, nextStep));
  }
}
