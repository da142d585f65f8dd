package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Each refused configuration names its element, and nothing is made of the graph. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class RefusedFirewallTest {
  @TempDir Path state;
  private Lab lab;

  @BeforeEach
  void start() {
    lab = new Lab(state, "10.0.0.1/24", "10.0.0.2/24");
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(lab.hasGraph()).isFalse();
    lab.close();
  }

  /**
   * A configuration and what is said about it.
   *
   * @param said begins with the JSON pointer of the element
   */
  private record Refused(String configuration, String said) {}

  @Test
  void theWholeIsChecked() {
    refuse(
        new Refused("{ \"policy\": 1 }", "(whole) has the unknown key \"policy\""),
        new Refused("{ \"default\": \"drop\" }", "/default must be allow or deny, not \"drop\""),
        new Refused("{ \"rules\": {} }", "/rules must be an array, not object"),
        new Refused(
            "{ \"rules\": [%s] }".formatted("{},".repeat(1000) + "{}"),
            "/rules has 1001 rules; at most 1000 are allowed"));
  }

  @Test
  void eachRuleIsChecked() {
    refuse(
        rule("7", "/rules/1 must be an object, not number"),
        rule("{}", "/rules/1 needs an action: allow or deny"),
        rule("{ \"action\": \"reject\" }", "/rules/1/action must be allow or deny"),
        allow("\"port\": 80", "/rules/1 has the unknown key \"port\""),
        allow("\"comment\": 1", "/rules/1/comment must be a string, not number"),
        allow("\"direction\": \"in\"", "/rules/1/direction must be lan-to-wan or wan-to-lan"),
        allow("\"protocol\": \"sctp\"", "/rules/1/protocol must be tcp or udp or icmp"));
  }

  @Test
  void eachAddressIsChecked() {
    refuse(
        allow("\"source\": \"10.0.0\"", "/rules/1/source must be an IPv4 address"),
        allow("\"source\": \"10.0.0.0/33\"", "/rules/1/source must be an IPv4 address"),
        allow("\"source\": \"::1\"", "/rules/1/source must be an IPv4 address"),
        allow("\"destination\": 10", "/rules/1/destination must be an IPv4 address"),
        allow(
            "\"destination\": \"10.0.0.1 accept\"", "/rules/1/destination must be an IPv4 address"),
        allow("\"destination\": \"010.0.0.1\"", "/rules/1/destination must be an IPv4 address"));
  }

  @Test
  void eachPortIsChecked() {
    refuse(
        allow("\"source-port\": 53", "/rules/1 has a port, so its protocol must be tcp or udp"),
        tcp("\"source-port\": 0", "/rules/1/source-port must be a port from 1 to 65535"),
        tcp("\"source-port\": 65536", "/rules/1/source-port must be a port from 1 to 65535"),
        tcp("\"destination-port\": 1.5", "/rules/1/destination-port must be a port"),
        tcp("\"destination-port\": \"http\"", "/rules/1/destination-port must be a port"),
        tcp("\"destination-port\": \"1-2-3\"", "/rules/1/destination-port must be a port"),
        tcp("\"destination-port\": \"9-8\"", "/rules/1/destination-port must not end before"));
  }

  private void refuse(Refused... refused) {
    assertSoftly(softly -> List.of(refused).forEach(each -> refuse(softly, each)));
  }

  private void refuse(SoftAssertions softly, Refused refused) {
    Graph graph = FirewallGraph.between(lab.host(0), lab.host(1), refused.configuration());
    softly
        .assertThat(lab.refusal(graph).detail())
        .contains("start handler of g/fw")
        .contains("configuration " + refused.said());
  }

  private static Refused tcp(String members, String said) {
    return allow("\"protocol\": \"tcp\", " + members, said);
  }

  private static Refused allow(String members, String said) {
    return rule("{ \"action\": \"allow\", %s }".formatted(members), said);
  }

  /** The second rule; the first is a good one. */
  private static Refused rule(String rule, String said) {
    return new Refused("{ \"rules\": [{ \"action\": \"deny\" }, %s] }".formatted(rule), said);
  }
}
