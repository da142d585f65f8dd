package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.testbed.Host;

/** The graph of a home gateway: lan - firewall - nat - wan. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class ChainTest {
  private static final String LAN = "10.0.0.2";
  private static final String NAT = "198.51.100.10";
  private static final String WAN = "198.51.100.2";

  @TempDir Path state;
  private Lab lab;
  private Host lan;
  private Host wan;

  @BeforeEach
  void start() {
    lab = new Lab(state, LAN + "/24", WAN + "/24");
    lan = lab.host(0);
    wan = lab.host(1);
    lan.route("198.51.100.0/24", "10.0.0.1");
    wan.route("10.0.0.0/24", NAT);
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void whatTheFirewallAllowsLeavesWithTheAddressOfTheNat() {
    lab.apply(home("{ \"action\": \"deny\", \"protocol\": \"tcp\", \"destination-port\": 23 }"));
    assertThat(lan.connect(wan, WAN, 80)).contains(NAT);
    assertThat(lan.connect(wan, WAN, 23)).isEmpty();
  }

  @Test
  void theFirewallSeesTheAddressesOfLan() {
    lan.address("10.0.0.3/32");
    lab.apply(home("{ \"action\": \"deny\", \"source\": \"10.0.0.3\" }"));
    Datagrams toWan = Datagrams.between(lan, wan, WAN);
    assertThat(toWan.sentFrom("10.0.0.3", 5000).arriving(53)).isEmpty();
    assertThat(toWan.sentFrom(LAN, 5000).arriving(53)).containsExactly(53);
  }

  @Test
  void wanCannotOpenConnectionsWhateverTheFirewallAllows() {
    lab.apply(home("{ \"action\": \"allow\" }"));
    assertThat(lan.connect(wan, WAN, 80)).contains(NAT);
    assertThat(Datagrams.between(wan, lan, LAN).arriving(53)).isEmpty();
  }

  @Test
  void newRulesOfTheFirewallLeaveTranslatedConnectionsOpen() {
    lab.apply(home("{ \"action\": \"deny\", \"protocol\": \"tcp\", \"destination-port\": 23 }"));
    try (Connection web = Connection.open(lan, wan, WAN, 80)) {
      lab.apply(home("{ \"action\": \"deny\", \"protocol\": \"tcp\", \"destination-port\": 22 }"));
      assertThat(web.carries("still here")).isTrue();
      assertThat(lan.connect(wan, WAN, 23)).contains(NAT);
      assertThat(lan.connect(wan, WAN, 22)).isEmpty();
    }
  }

  private Graph home(String rule) {
    return new Graph()
        .endPoint("lan", lan)
        .endPoint("wan", wan)
        .function(
            """
            { "id": "fw", "functional-capability": "firewall",
              "ports": [{ "id": "lan:0" }, { "id": "wan:0" }],
              "configuration": { "default": "allow", "rules": [%s] } }"""
                .formatted(rule))
        .function(
            """
            { "id": "nat", "functional-capability": "nat",
              "ports": [{ "id": "lan:0", "unify-ip": "10.0.0.1/24" },
                        { "id": "wan:0", "unify-ip": "198.51.100.10/24" }] }""")
        .join("endpoint:lan", "vnf:fw:lan:0")
        .join("vnf:fw:wan:0", "vnf:nat:lan:0")
        .join("vnf:nat:wan:0", "endpoint:wan");
  }
}
