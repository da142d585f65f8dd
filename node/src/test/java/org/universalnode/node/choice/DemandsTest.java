package org.universalnode.node.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.resolve.Amounts;
import org.universalnode.catalog.resolve.Candidate;
import org.universalnode.catalog.resolve.Figures;
import org.universalnode.catalog.resolve.Wiring;
import org.universalnode.compute.Containment;
import org.universalnode.nffg.Isolation;
import org.universalnode.node.store.Placement;

class DemandsTest {
  private final Learned learned = Learned.nothing();

  @Test
  void theLimitOfAProcessIsNoReservation() {
    Candidate nothingSaid = candidate(Templates.of("f", "native", "f.tgz", ""));
    assertThat(nothingSaid.demand()).isEqualTo(new Amounts(2, 0, 0));
    assertThat(candidate(Templates.of("f", "native", "f.tgz", ",\"memory-size\":64")).demand())
        .isEqualTo(new Amounts(2, 0, 0));
    assertThat(candidate(Templates.of("f", "native", "f.tgz", ",\"memory-size\":1")).demand())
        .isEqualTo(new Amounts(1, 0, 0));
    assertThat(nothingSaid.wiring()).isEqualTo(Map.of("p", Wiring.VETH));
  }

  @Test
  void theMemoryAndDisksOfAMachineAreItsOwn() {
    String sizes = ",\"memory-size\":512,\"root-file-system-size\":2,\"swap-disk-size\":1";
    Candidate machine = candidate(Templates.of("f", "virtual-machine-kvm", "f.qcow2", sizes));
    assertThat(machine.demand()).isEqualTo(new Amounts(512, 0, 3 << 10));
    assertThat(machine.wiring()).isEqualTo(Map.of("p", Wiring.SOCKET));
  }

  @Test
  void whatATemplateExpectsCountsBeforeWhatIsUsual() {
    String expected =
        """
        ,"expected":{"memory-mb":12,"hugepages-mb":64,"start-ms":7,"cpu-percent":3,"image-mb":9}""";
    FunctionTemplate template = Templates.of("f", "docker", "http://repository/f.tar", expected);
    Candidate candidate = candidate(template);
    assertThat(candidate.demand()).isEqualTo(new Amounts(12, 64, 9));
    assertThat(candidate.figures()).isEqualTo(new Figures(7, 3, 9));
  }

  @Test
  void whatWasMeasuredCountsBeforeWhatIsExpected() {
    FunctionTemplate template =
        Templates.of("f", "native", "http://repository/f.tgz", ",\"memory-size\":64");
    Candidate before = candidate(template);
    learned.installed(template, "/images/f");
    Placement placement = placement("f", "native", 64);
    assertThat(demands(template).holding(placement).unusedMegabytes(learned)).isEqualTo(2);
    learned.started(placement, Duration.ofMillis(11));
    learned.used(placement, 5 << 20);
    Candidate after = candidate(template);
    assertThat(before.figures().downloadMegabytes()).isPositive();
    assertThat(after.demand()).isEqualTo(new Amounts(5, 0, 0));
    assertThat(after.figures()).isEqualTo(new Figures(11, before.figures().cpuPercent(), 0));
    assertThat(demands(template).holding(placement).reserved(learned))
        .isEqualTo(new Amounts(5, 0, 0));
    assertThat(demands(template).holding(placement).unusedMegabytes(learned)).isZero();
  }

  @Test
  void whoIsServedAlreadyTakesNothing() {
    FunctionTemplate template = Templates.of("f", "native", "f.tgz", "");
    Candidate candidate = demands(template).candidate(template, true, true);
    assertThat(candidate.demand()).isEqualTo(Amounts.NONE);
    assertThat(candidate.shared()).contains("f");
  }

  @Test
  void anInstanceKeepsItsPromiseWithoutItsTemplate() {
    Demands demands = new Demands(Catalog.of(List.of()), learned);
    assertThat(demands.holding(placement("gone", "virtual-machine-kvm", 300)).reserved(learned))
        .isEqualTo(new Amounts(300, 0, 0));
    assertThat(demands.holding(placement("gone", "native", 300)).reserved(learned))
        .isEqualTo(new Amounts(2, 0, 0));
  }

  private Candidate candidate(FunctionTemplate template) {
    return demands(template).candidate(template, false, false);
  }

  private Demands demands(FunctionTemplate template) {
    return new Demands(Catalog.of(List.of(template)), learned);
  }

  private static Placement placement(String template, String type, int megabytes) {
    Containment containment =
        new Containment(
            Isolation.NETWORK,
            (long) megabytes << 20,
            8,
            OptionalInt.empty(),
            List.of(),
            List.of());
    return new Placement(
        template,
        type,
        "/images/f",
        List.of(),
        Map.of(),
        1,
        containment,
        false,
        Optional.empty(),
        0);
  }
}
