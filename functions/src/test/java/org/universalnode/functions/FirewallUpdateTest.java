package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.testbed.Host;

/** What new rules mean for connections that are open. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class FirewallUpdateTest {
  private static final String WAN = "10.0.0.2";

  @TempDir Path state;
  private Lab lab;
  private Host lan;
  private Host wan;

  @BeforeEach
  void start() {
    lab = new Lab(state, "10.0.0.1/24", WAN + "/24");
    lan = lab.host(0);
    wan = lab.host(1);
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void newRulesEndWhatTheyDenyAndLeaveTheRestOpen() {
    lab.apply(denying(25));
    try (Connection web = Connection.open(lan, wan, WAN, 80);
        Connection other = Connection.open(lan, wan, WAN, 8080)) {
      assertThat(web.carries("hello")).isTrue();
      assertThat(other.carries("hello")).isTrue();
      lab.apply(denying(8080));
      assertThat(web.carries("still here")).isTrue();
      assertThat(other.carries("blocked")).isFalse();
    }
    assertThat(lan.connect(wan, WAN, 25)).isPresent();
  }

  @Test
  void aFirstConfigurationHoldsForConnectionsThatAreOpen() {
    lab.apply(FirewallGraph.between(lan, wan, "{}"));
    try (Connection web = Connection.open(lan, wan, WAN, 80);
        Connection other = Connection.open(lan, wan, WAN, 8080)) {
      lab.apply(denying(8080));
      assertThat(web.carries("still here")).isTrue();
      assertThat(other.carries("blocked")).isFalse();
    }
  }

  @Test
  void noPacketOfAnAllowedConnectionIsLost() {
    lab.apply(denying(1));
    Conversation conversation = new Conversation(lan, wan, WAN, 5000);
    try (conversation) {
      for (int port = 2; port <= 6; port++) {
        lab.apply(denying(port));
      }
    }
    assertThat(conversation.lost()).isZero();
    assertThat(conversation.answered()).isGreaterThan(100);
  }

  @Test
  void aRefusedUpdateLeavesTheRulesInForce() {
    lab.apply(denying(8080));
    try (Connection web = Connection.open(lan, wan, WAN, 80)) {
      assertThat(lab.refusal(denying(0)).detail())
          .contains("update handler of g/fw")
          .contains("configuration /rules/0/destination-port must be a port from 1 to 65535");
      assertThat(web.carries("still here")).isTrue();
    }
    assertThat(lan.connect(wan, WAN, 8080)).isEmpty();
  }

  @Test
  void aConfigurationThatIsTakenAwayLetsEverythingPass() {
    lab.apply(denying(8080));
    assertThat(lan.connect(wan, WAN, 8080)).isEmpty();
    lab.apply(FirewallGraph.between(lan, wan, "{}"));
    assertThat(lan.connect(wan, WAN, 8080)).isPresent();
  }

  @Test
  void aConfigurationThatIsTakenAwayLeavesNoRuleAndNothingIsTracked() {
    lab.apply(denying(8080));
    Conversation conversation = new Conversation(lan, wan, WAN, 5000);
    try (conversation) {
      lab.apply(FirewallGraph.between(lan, wan, "{}"));
    }
    assertThat(conversation.lost()).isZero();
    NetworkNamespace inside = lab.namespace("fw");
    assertThat(HostProcess.output(inside, List.of("nft", "list", "ruleset"))).isEmpty();
    Path tracking = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");
    assertThat(inside.call(() -> Files.readString(tracking))).isEqualToIgnoringNewLines("0");
    lab.apply(denying(25));
    assertThat(lan.connect(wan, WAN, 25)).isEmpty();
    assertThat(lan.connect(wan, WAN, 8080)).isPresent();
  }

  private Graph denying(int port) {
    String configuration =
        """
        { "rules": [{ "action": "deny", "protocol": "tcp", "destination-port": %d }] }"""
            .formatted(port);
    return FirewallGraph.between(lan, wan, configuration);
  }
}
