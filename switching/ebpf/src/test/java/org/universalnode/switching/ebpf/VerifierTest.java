package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.BpfProgram;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.kit.NamespaceWires;

/**
 * What it costs to load the data plane. The program is the same whatever the rules are, which are
 * in maps: so the largest configuration is that of its constants, and rules only cost the driver
 * that takes them over.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class VerifierTest {
  /** The kernel gives up at a million. */
  private static final int MOST_INSTRUCTIONS = 100_000;

  private static final Duration LONGEST_LOAD = Duration.ofSeconds(2);
  private static final int TABLES = 32;
  private static final int RULES = 320;

  @Test
  void theProgramIsSmallToTheVerifierAndLoadsAtOnce() {
    try (NamespaceWires wires = new NamespaceWires()) {
      String node = wires.node();
      EbpfSwitch.open(node).orThrow().close();
      Duration empty = timeToOpen(node);
      int instructions = fill(node);
      Duration full = timeToOpen(node);
      try (SwitchDriver driver = EbpfSwitch.open(node).orThrow()) {
        driver.deleteLsi(new LsiId(1)).orThrow();
      }
      System.out.printf(
          "verifier: %,d instructions; the driver opens in %d ms, with %,d rules in %d ms%n",
          instructions, empty.toMillis(), TABLES * RULES, full.toMillis());
      assertThat(instructions).isBetween(1, MOST_INSTRUCTIONS);
      assertThat(empty).isLessThan(LONGEST_LOAD);
      assertThat(full).isLessThan(LONGEST_LOAD);
    }
  }

  private static Duration timeToOpen(String node) {
    long start = System.nanoTime();
    SwitchDriver driver = EbpfSwitch.open(node).orThrow();
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    driver.close();
    return taken;
  }

  /** As many combinations of header fields as a table has room for, at many in-ports. */
  private static int fill(String node) {
    Path program = BpfFilesystem.ROOT.resolve("universal-node").resolve(node).resolve("lsi");
    try (SwitchDriver driver = EbpfSwitch.open(node).orThrow();
        BpfProgram loaded = BpfProgram.pinned(program)) {
      for (int i = 0; i < TABLES; i++) {
        LsiPort in = driver.connect(new LsiId(1), "link " + i).orThrow().graph();
        driver.apply(new RuleChange(Map.of(in, rules(in)))).orThrow();
      }
      return loaded.verifiedInstructions();
    }
  }

  private static List<SwitchRule> rules(LsiPort in) {
    List<SwitchRule> rules = new ArrayList<>();
    for (int i = 0; i < RULES; i++) {
      String prefix = "2001:db8:0:%x::/%d".formatted(i, 65 + i % TABLES);
      MatchFields match = MatchFields.ANY.with(HeaderField.IPV6_DEST, prefix).withPrerequisites();
      String id = in.number() + "/" + i;
      rules.add(new SwitchRule(id, 1, match, List.of(new RuleAction.Output<>(in.number()))));
    }
    return rules;
  }
}
