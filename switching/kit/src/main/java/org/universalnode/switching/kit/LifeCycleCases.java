package org.universalnode.switching.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.switching.kit.TestSwitch.GRAPH;
import static org.universalnode.switching.kit.TestSwitch.forward;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.MacAddress;
import org.universalnode.problem.Result;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchState;
import org.universalnode.switching.VirtualLink;

/** Making, finding and deleting LSIs, ports and links. */
abstract class LifeCycleCases extends ConformanceCases {
  private static final Attachment MEMBER = new Attachment.Group("g1/internal", "shared");

  LifeCycleCases(SwitchDriverConformance suite) {
    super(suite);
  }

  @Test
  void whatIsThereIsMadeOnce() {
    LsiPort machine = tested.machinePort();
    LsiPort function = tested.functionPort();
    SwitchDriver driver = tested.driver();
    driver.createLsi(GRAPH).orThrow();
    driver.createLsi(GRAPH).orThrow();
    assertThat(again(machine)).isEqualTo(machine);
    assertThat(again(function)).isEqualTo(function);
    VirtualLink link = driver.connect(GRAPH, "a").orThrow();
    assertThat(driver.connect(GRAPH, "a").orThrow()).isEqualTo(link);
    assertThat(driver.connect(GRAPH, "b").orThrow()).isNotEqualTo(link);
    AttachedPort member = driver.createPort(LsiId.BASE, MEMBER).orThrow();
    assertThat(driver.createPort(LsiId.BASE, MEMBER).orThrow()).isEqualTo(member);
    driver.deletePort(LsiId.BASE, MEMBER).orThrow();
  }

  @Test
  void whatIsAbsentCountsAsDeleted() {
    SwitchDriver driver = tested.driver();
    VirtualLink link = driver.connect(GRAPH, "a").orThrow();
    driver.disconnect(link).orThrow();
    driver.disconnect(link).orThrow();
    driver.deletePort(LsiId.BASE, new Attachment.HostInterface("absent0")).orThrow();
    driver.deletePort(LsiId.BASE, MEMBER).orThrow();
    driver.deletePort(GRAPH, absentFunction()).orThrow();
    driver.deletePort(new LsiPort(LsiId.BASE, 12_345)).orThrow();
    driver.deleteLsi(new LsiId(77)).orThrow();
    assertThat(driver.observe().orThrow().lsis()).isEmpty();
  }

  @Test
  void anInterfaceThatIsNotThereIsNamed() {
    Attachment absent = new Attachment.HostInterface("absent0");
    Result<AttachedPort> answer = tested.driver().createPort(LsiId.BASE, absent);
    assertThat(answer)
        .isInstanceOfSatisfying(
            Result.Failed.class,
            failed -> assertThat(failed.problem().toString()).contains("absent0"));
    assertThat(tested.driver().observe().orThrow().ports()).isEmpty();
  }

  @Test
  void whatIsThereIsObserved() {
    LsiPort machine = tested.machinePort();
    LsiPort function = tested.functionPort();
    VirtualLink link = tested.layout().connect(GRAPH, "a");
    tested.apply(machine, forward("up", link.base()));
    SwitchState state = tested.driver().observe().orThrow();
    assertThat(state.ports())
        .containsExactlyInAnyOrder(
            tested.layout().attached(machine), tested.layout().attached(function));
    assertThat(state.links())
        .singleElement()
        .satisfies(seen -> assertThat(seen.base()).isEqualTo(link.base()))
        .satisfies(seen -> assertThat(seen.graph()).isEqualTo(link.graph()));
    assertThat(state.tables()).containsExactly(machine);
    assertThat(state.lsis()).containsExactly(LsiId.BASE, GRAPH);
    tested.apply(Map.of(machine, List.of()));
    assertThat(tested.driver().observe().orThrow().tables()).isEmpty();
  }

  @Test
  void anLsiTakesAllThatBelongsToItAlong() {
    LsiPort machine = tested.machinePort();
    LsiPort function = tested.functionPort();
    VirtualLink link = tested.layout().connect(GRAPH, "a");
    tested.apply(
        Map.of(
            machine,
            List.of(forward("up", link.base())),
            link.graph(),
            List.of(forward("in", function)),
            function,
            List.of(forward("out", link.graph()))));
    tested.driver().deleteLsi(GRAPH).orThrow();
    SwitchState state = tested.driver().observe().orThrow();
    assertThat(state.ports()).extracting(AttachedPort::port).containsExactly(machine);
    assertThat(state.links()).isEmpty();
    assertThat(state.tables()).containsExactly(machine);
  }

  @Test
  void aPortGoesByItsNumberToo() {
    LsiPort machine = tested.machinePort();
    LsiPort function = tested.functionPort();
    LsiPort member = tested.driver().createPort(LsiId.BASE, MEMBER).orThrow().port();
    tested.driver().deletePort(function).orThrow();
    tested.driver().deletePort(member).orThrow();
    assertThat(tested.driver().observe().orThrow().ports())
        .extracting(AttachedPort::port)
        .containsExactly(machine);
    tested.driver().deletePort(machine).orThrow();
    assertThat(tested.driver().observe().orThrow().lsis()).isEmpty();
  }

  @Test
  void aPortThatWasTakenAwayGetsNothing() {
    LsiPort from = tested.machinePort();
    LsiPort stays = tested.machinePort();
    LsiPort goes = tested.machinePort();
    tested.apply(from, forward("both", stays, goes));
    tested.expectAgreement(from, frame("udp 10.0.0.1:5 -> 10.0.0.2:6"));
    tested.apply(from, forward("one", stays));
    tested.driver().deletePort(goes).orThrow();
    tested.expectAgreement(from, frame("udp 10.0.0.1:5 -> 10.0.0.2:6"));
  }

  private LsiPort again(LsiPort port) {
    Attachment attachment = tested.layout().wire(port).attachment();
    return tested.driver().createPort(port.lsi(), attachment).orThrow().port();
  }

  private static Attachment absentFunction() {
    MacAddress mac = MacAddress.parse("02:00:00:00:00:01");
    return new Attachment.FunctionInterface("g1/absent/0", "absent", "p0", mac);
  }
}
