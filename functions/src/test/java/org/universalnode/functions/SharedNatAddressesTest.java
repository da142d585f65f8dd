package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.testbed.Host;

/** Two tenants of one nat. Each has, for its ports, the addresses of the other one's hosts. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class SharedNatAddressesTest {
  private static final String SUBNET = "198.51.100.0/24";
  private static final Tenant A = new Tenant("a", 0, 1, 10);
  private static final Tenant B = new Tenant("b", 2, 10, 1);

  @TempDir Path state;
  private Lab lab;

  @BeforeEach
  void start() {
    RunningPolicy shared = new RunningPolicy(List.of(), Set.of("nat"));
    lab = new Lab(state, shared, A.lan(), A.wan(), B.lan(), B.wan());
    for (Tenant tenant : List.of(A, B)) {
      lab.apply(tenant.id(), tenant.graph(lab));
      tenant.lanHost(lab).route(SUBNET, tenant.lanPort());
    }
    assertThat(lab.function("a", "nat").get("namespace"))
        .isEqualTo(lab.function("b", "nat").get("namespace"));
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void hostsWithTheAddressesOfAnotherTenantsPortsReachEachOther() {
    for (Tenant tenant : List.of(A, B, A)) {
      assertThat(tenant.lanHost(lab).connect(tenant.wanHost(lab), tenant.wanAddress(), 80))
          .contains(tenant.wanPort());
    }
  }

  @Test
  void whatIsForAForwardedPortGetsToTheTenantsOwnHost() {
    for (Tenant tenant : List.of(A, B)) {
      Host client = tenant.wanHost(lab);
      try (Connection web =
          Connection.translated(client, tenant.wanPort(), 80)
              .to(tenant.lanHost(lab), tenant.lanAddress(), 8080)) {
        assertThat(web.carries("hello")).isTrue();
        assertThat(web.clientAsSeen()).isEqualTo(tenant.wanAddress());
      }
    }
  }

  @Test
  void thePortsOfATenantAnswerItsHostsAndNoneOfAnother() {
    for (Tenant tenant : List.of(A, B)) {
      ping(tenant.lanHost(lab), tenant.lanPort());
      ping(tenant.lanHost(lab), tenant.wanPort());
      ping(tenant.wanHost(lab), tenant.wanPort());
      ping(tenant.lanHost(lab), tenant.wanAddress());
    }
    lab.delete("b");
    ping(A.lanHost(lab), A.wanAddress());
    ping(A.wanHost(lab), A.wanPort());
  }

  private static void ping(Host from, String address) {
    assertThat(from.namespace().call(() -> InetAddress.getByName(address).isReachable(2_000)))
        .as("%s from %s", address, from.cable())
        .isTrue();
  }

  /**
   * A tenant.
   *
   * @param first of the lab's hosts, the one in lan; the next one is in wan
   * @param port the last byte of its ports' addresses
   * @param host the last byte of its hosts' addresses
   */
  private record Tenant(String id, int first, int port, int host) {
    String lan() {
      return lanAddress() + "/24";
    }

    String wan() {
      return wanAddress() + "/24";
    }

    String lanAddress() {
      return "10.0.0." + host;
    }

    String wanAddress() {
      return "198.51.100." + host;
    }

    String lanPort() {
      return "10.0.0." + port;
    }

    String wanPort() {
      return "198.51.100." + port;
    }

    Host lanHost(Lab lab) {
      return lab.host(first);
    }

    Host wanHost(Lab lab) {
      return lab.host(first + 1);
    }

    Graph graph(Lab lab) {
      return new Graph()
          .endPoint("lan", lanHost(lab))
          .endPoint("wan", wanHost(lab))
          .function(
              """
              { "id": "nat", "functional-capability": "nat",
                "configuration": { "forward": [
                  { "protocol": "tcp", "port": 80, "to": "%s", "to-port": 8080 }] },
                "ports": [{ "id": "lan:0", "unify-ip": "%s/24" },
                          { "id": "wan:0", "unify-ip": "%s/24" }] }"""
                  .formatted(lanAddress(), lanPort(), wanPort()))
          .join("endpoint:lan", "vnf:nat:lan:0")
          .join("vnf:nat:wan:0", "endpoint:wan");
    }
  }
}
