package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.testbed.Host;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class FirewallTest {
  private static final String LAN = "10.0.0.1";
  private static final String WAN = "10.0.0.2";

  @TempDir Path state;
  private Lab lab;
  private Host lan;
  private Host wan;
  private Datagrams toWan;
  private Datagrams toLan;

  @BeforeEach
  void start() {
    lab = new Lab(state, LAN + "/24", WAN + "/24");
    lan = lab.host(0);
    wan = lab.host(1);
    toWan = Datagrams.between(lan, wan, WAN);
    toLan = Datagrams.between(wan, lan, LAN);
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void withoutConfigurationEverythingPasses() {
    lab.apply(firewall("{}"));
    assertThat(lan.connect(wan, WAN, 80)).contains(LAN);
    assertThat(toLan.arriving(53, 123)).containsExactly(53, 123);
  }

  @Test
  void whatNoRuleMatchesPassesIfTheDefaultIsAllow() {
    lab.apply(
        firewall(
            """
            { "default": "allow",
              "rules": [{ "action": "deny", "protocol": "udp", "destination-port": 53 }] }"""));
    assertThat(toWan.arriving(53, 123)).containsExactly(123);
    assertThat(toLan.arriving(53, 123)).containsExactly(123);
    assertThat(lan.connect(wan, WAN, 53)).contains(LAN);
  }

  @Test
  void whatNoRuleMatchesIsDroppedIfTheDefaultIsDeny() {
    lab.apply(
        firewall(
            """
            { "default": "deny",
              "rules": [{ "action": "allow", "protocol": "udp", "destination-port": 53 }] }"""));
    assertThat(toWan.arriving(53, 123)).containsExactly(53);
    assertThat(lan.connect(wan, WAN, 53)).isEmpty();
  }

  @Test
  void theFirstRuleThatMatchesDecides() {
    lab.apply(
        firewall(
            """
            { "default": "deny", "rules": [
                { "action": "deny", "protocol": "udp", "destination-port": 53 },
                { "action": "allow", "protocol": "udp", "destination-port": "50-60" },
                { "action": "deny", "protocol": "udp", "destination-port": 54 } ] }"""));
    assertThat(toWan.arriving(53, 54, 61)).containsExactly(54);
  }

  @Test
  void aRangeOfPortsHasBothItsEnds() {
    lab.apply(
        firewall(
            """
            { "default": "deny", "rules": [
                { "action": "allow", "protocol": "udp", "destination-port": "8000-8002" } ] }"""));
    assertThat(toWan.arriving(7999, 8000, 8001, 8002, 8003)).containsExactly(8000, 8001, 8002);
  }

  @Test
  void aRuleCanBeAboutTheSender() {
    lab.apply(
        firewall(
            """
            { "default": "deny", "rules": [
                { "action": "allow", "protocol": "udp", "source": "10.0.0.1",
                  "source-port": "5000-5001" },
                { "action": "allow", "protocol": "udp", "source": "10.0.7.0/24" } ] }"""));
    lan.address("10.0.7.1/32");
    lan.address("10.0.8.1/32");
    assertThat(toWan.sentFrom(LAN, 5001).arriving(53)).containsExactly(53);
    assertThat(toWan.sentFrom("10.0.7.1", 5002).arriving(53)).containsExactly(53);
    assertThat(toWan.sentFrom(LAN, 5002).arriving(53)).isEmpty();
    assertThat(toWan.sentFrom("10.0.8.1", 5002).arriving(53)).isEmpty();
  }

  @Test
  void aRuleCanBeAboutTheReceiver() {
    lab.apply(
        firewall(
            """
            { "rules": [{ "action": "deny", "destination": "10.0.9.0/24" }] }"""));
    wan.address("10.0.9.1/32");
    lan.route("10.0.9.0/24", WAN);
    assertThat(Datagrams.between(lan, wan, "10.0.9.1").arriving(53)).isEmpty();
    assertThat(toWan.arriving(53)).containsExactly(53);
  }

  @Test
  void aDirectionIsThatOfTheConnectionSoThatRepliesPass() {
    lab.apply(
        firewall(
            """
            { "default": "deny", "rules": [{ "action": "allow", "direction": "lan-to-wan" }] }"""));
    assertThat(lan.connect(wan, WAN, 80)).contains(LAN);
    assertThat(toWan.sentFrom(LAN, 5000).arriving(53)).containsExactly(53);
    Datagrams answers = toLan.sentFrom(WAN, 53);
    assertThat(answers.arriving(5000, 5001)).containsExactly(5000);
    assertThat(wan.connect(lan, LAN, 80)).isEmpty();
  }

  @Test
  void eachDirectionHasItsOwnRules() {
    lab.apply(
        firewall(
            """
            { "default": "deny", "rules": [
                { "action": "allow", "direction": "lan-to-wan", "protocol": "udp",
                  "destination-port": 53 },
                { "action": "allow", "direction": "wan-to-lan", "protocol": "udp",
                  "destination-port": 123 },
                { "action": "allow", "direction": "both", "protocol": "udp",
                  "destination-port": 514 } ] }"""));
    assertThat(toWan.arriving(53, 123, 514)).containsExactly(53, 514);
    assertThat(toLan.arriving(53, 123, 514)).containsExactly(123, 514);
  }

  @Test
  void echoRequestsAreAProtocolOfTheirOwn() {
    lab.apply(
        firewall(
            """
            { "default": "deny", "rules": [
                { "action": "allow", "protocol": "icmp", "direction": "lan-to-wan" } ] }"""));
    assertThat(lan.namespace().call(() -> answersEcho(WAN))).isTrue();
    assertThat(wan.namespace().call(() -> answersEcho(LAN))).isFalse();
    assertThat(toWan.arriving(53)).isEmpty();
  }

  @Test
  void whereConnectionsAreTrackedNoLongerIpIsBlocked() {
    lab.apply(
        firewall(
            """
            { "default": "allow" }"""));
    assertThat(toWan.arriving(53)).containsExactly(53);
    Path tracking = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");
    lab.namespace("fw").call(() -> Files.writeString(tracking, "0"));
    assertThat(toWan.arriving(53)).isEmpty();
  }

  private static boolean answersEcho(String address) throws IOException {
    return InetAddress.getByName(address).isReachable(500);
  }

  private Graph firewall(String configuration) {
    return FirewallGraph.between(lan, wan, configuration);
  }
}
