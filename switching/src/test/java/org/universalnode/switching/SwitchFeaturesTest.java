package org.universalnode.switching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.ActionType;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.EndPointType;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpAddress;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.problem.Problem;

class SwitchFeaturesTest {

  @Test
  void aTunnelIsCarriedOut() {
    assertThat(features(EndPointType.GRE_TUNNEL).missing(graph(tunnel(false)))).isEmpty();
  }

  @Test
  void aTunnelThroughIpsecIsRefusedByEverySwitch() {
    assertThat(features(EndPointType.GRE_TUNNEL).missing(graph(tunnel(true))))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(Problem.Code.UNSUPPORTED);
              assertThat(problem.pointer())
                  .isEqualTo("/forwarding-graph/end-points/0/gre-tunnel/secure");
              assertThat(problem.detail()).contains("IPsec");
            });
  }

  @Test
  void aKindThatIsMissingIsRefusedOnceWithTheReason() {
    assertThat(features(EndPointType.INTERFACE).missing(graph(tunnel(true))))
        .singleElement()
        .satisfies(problem -> assertThat(problem.detail()).endsWith(": out of order"));
  }

  private static SwitchFeatures features(EndPointType type) {
    return new SwitchFeatures(
        Set.of(type),
        EnumSet.allOf(HeaderField.class),
        EnumSet.allOf(ActionType.class),
        Set.of(),
        Map.of(EndPointType.GRE_TUNNEL, "out of order"));
  }

  private static EndPoint.Kind tunnel(boolean secure) {
    return new EndPoint.Kind.GreTunnel(
        IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2"), 1, OptionalInt.empty(), secure);
  }

  private static ServiceGraph graph(EndPoint.Kind kind) {
    return new ServiceGraph(
        "", "", List.of(), List.of(new EndPoint("a", "", kind, "{}")), List.of());
  }
}
