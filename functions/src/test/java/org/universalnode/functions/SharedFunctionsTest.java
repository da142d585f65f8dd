package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.deploy.RunningPolicy;

/** Many graphs with the same addresses, all served by one instance of a function. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class SharedFunctionsTest {
  private static final int TENANTS = 64;
  private static final long PACKETS = Long.getLong("universalnode.shared.packets", 100_000);

  @TempDir Path state;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void noTenantOfASharedNatSeesPacketsOfAnother() {
    RunningPolicy shared = new RunningPolicy(List.of(), Set.of("nat"));
    try (Lab lab = new Lab(state, shared, "10.9.0.2/24", "10.9.1.2/24")) {
      IntStream.range(0, TENANTS).forEach(tenant -> lab.apply("t" + tenant, nat(lab, tenant)));
      Set<String> namespaces =
          IntStream.range(0, TENANTS)
              .mapToObj(t -> lab.function("t" + t, "nat").get("namespace").getAsString())
              .collect(Collectors.toSet());
      assertThat(namespaces).hasSize(1);
      try (TenantTraffic traffic = new TenantTraffic(lab.host(0), lab.host(1), TENANTS)) {
        traffic.exchange(PACKETS);
        System.out.printf(
            "shared nat: %d tenants, %d packets where they belong, %d elsewhere%n",
            TENANTS, traffic.right(), traffic.wrong());
        assertThat(traffic.wrong()).isZero();
        assertThat(traffic.right()).isGreaterThanOrEqualTo(PACKETS);
      }
    }
  }

  @Test
  void eachTenantOfASharedFirewallHasItsOwnRulesAndLeavesAlone() {
    RunningPolicy shared = new RunningPolicy(List.of(), Set.of("firewall"));
    String lan = "10.0.0.2/24";
    String wan = "10.0.0.3/24";
    try (Lab lab = new Lab(state, shared, lan, wan, lan, wan)) {
      lab.apply("closed", firewall(lab, 0, "{ \"default\": \"deny\" }"));
      lab.apply("open", firewall(lab, 2, "{}"));
      assertThat(lab.function("closed", "fw").get("namespace"))
          .isEqualTo(lab.function("open", "fw").get("namespace"));
      assertThat(lab.host(0).connect(lab.host(1), "10.0.0.3", 80)).isEmpty();
      assertThat(lab.host(2).connect(lab.host(3), "10.0.0.3", 80)).contains("10.0.0.2");
      try (Connection connection = Connection.open(lab.host(2), lab.host(3), "10.0.0.3", 81)) {
        lab.apply("closed", firewall(lab, 0, "{}"));
        assertThat(lab.host(0).connect(lab.host(1), "10.0.0.3", 80)).contains("10.0.0.2");
        lab.delete("closed");
        assertThat(connection.carries("still here")).isTrue();
      }
      assertThat(lab.host(2).connect(lab.host(3), "10.0.0.3", 80)).contains("10.0.0.2");
    }
  }

  private static Graph firewall(Lab lab, int host, String configuration) {
    return new Graph()
        .endPoint("lan", lab.host(host))
        .endPoint("wan", lab.host(host + 1))
        .function(
            """
            { "id": "fw", "functional-capability": "firewall", "configuration": %s,
              "ports": [{ "id": "lan:0" }, { "id": "wan:0" }] }"""
                .formatted(configuration))
        .join("endpoint:lan", "vnf:fw:lan:0")
        .join("vnf:fw:wan:0", "endpoint:wan");
  }

  private static Graph nat(Lab lab, int tenant) {
    int vlan = TenantTraffic.vlan(tenant);
    return new Graph()
        .endPoint("lan", lab.host(0), vlan)
        .endPoint("wan", lab.host(1), vlan)
        .function(
            """
            { "id": "nat", "functional-capability": "nat",
              "ports": [{ "id": "lan:0", "unify-ip": "10.0.0.1/24" },
                        { "id": "wan:0", "unify-ip": "198.51.100.10/24" }] }""")
        .join("endpoint:lan", "vnf:nat:lan:0")
        .join("vnf:nat:wan:0", "endpoint:wan");
  }
}
