package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.switching.ebpf.UpgradedNode.forward;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.BpfMap;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.kit.Wire;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.PacketText;

/** The kernel has no room for a part of a change (E2BIG): all is as it was before. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class FullMapTest {
  private static final Frame FRAME = PacketText.parse("udp 10.0.0.1:5 -> 10.0.0.2:6");

  /** MOST_TABLES and MOST_PROGRAMS of the data plane. */
  private static final int ENTRIES = 65_536;

  /** Beyond the numbers that the driver gives. */
  private static final int FIRST_KEY = 1 << 30;

  /** More outputs than a rule has room for itself. */
  private static final int MANY = 12;

  private final UpgradedNode node = new UpgradedNode();
  private final Wire from = node.wires.toMachine();
  private final Wire to = node.wires.toMachine();
  private final Wire other = node.wires.toMachine();
  private final SwitchDriver driver = node.open();
  private final LsiPort in = node.plug(driver, LsiId.BASE, from).port();
  private final LsiPort out = node.plug(driver, LsiId.BASE, to).port();
  private final LsiPort another = node.plug(driver, LsiId.BASE, other).port();

  @AfterEach
  void removeAll() {
    driver.close();
    node.close();
  }

  @Test
  void noRoomForATable() {
    assertThatItStays("tables", forward(matching(6), another));
  }

  @Test
  void noRoomForALongRule() {
    List<RuleAction<Integer>> actions =
        new ArrayList<>(RuleAction.outputs(Collections.nCopies(MANY, another.number())));
    assertThatItStays("programs", new SwitchRule("long", 2, matching(6), actions));
  }

  private void assertThatItStays(String map, SwitchRule rule) {
    List<SwitchRule> few = List.of(forward(matching(6), out), forward(matching(7), out));
    driver.apply(new RuleChange(Map.of(in, few))).orThrow();
    RuleChange change = new RuleChange(Map.of(in, List.of(few.get(1), rule)));
    try (BpfMap full = BpfMap.pinned(node.pins.folder().resolve(map))) {
      int others = full.keys().size();
      fill(full, others);
      Result<Nothing> answer = driver.apply(change);
      assertThat(answer)
          .isInstanceOfSatisfying(
              Result.Failed.class,
              failed -> assertThat(failed.problem().code()).isEqualTo(Problem.Code.LIMIT));
      node.expectCarried(from, FRAME, to);
      empty(full);
      assertThat(full.keys()).hasSize(others);
    }
    driver.apply(change).orThrow();
    node.wires.send(from, FRAME);
    assertThat(node.wires.receive(Duration.ofSeconds(2)))
        .hasValueSatisfying(received -> assertThat(received.wire()).isEqualTo(other));
  }

  private static MatchFields matching(int port) {
    return MatchFields.ANY
        .with(HeaderField.PROTOCOL, "17")
        .with(HeaderField.DEST_PORT, String.valueOf(port))
        .withPrerequisites();
  }

  private static void fill(BpfMap map, int present) {
    for (int i = present; i < ENTRIES; i++) {
      map.put(key(map, i), map.value());
    }
  }

  private static void empty(BpfMap map) {
    for (int i = 0; i < ENTRIES; i++) {
      map.remove(key(map, i));
    }
  }

  private static ByteBuffer key(BpfMap map, int i) {
    return map.key().putInt(FIRST_KEY + i);
  }
}
