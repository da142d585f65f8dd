package org.universalnode.bench.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.Plugged;
import org.universalnode.bench.traffic.Generator;
import org.universalnode.bench.traffic.PacketCount;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchDriverProvider;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;

/**
 * What the bench makes of updates that are not one change, on a walk as {@link MarkingGraph} has
 * it: the graph's LSI sets the DSCP, LSI-0 pushes the tag.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class MixedVersionTest {
  private static final LsiId GRAPH = new LsiId(1);
  private static final int UPDATES = 50;

  private final Map<LsiPort, List<SwitchRule>> fixed = new HashMap<>();
  private final String name =
      "mix" + ProcessHandle.current().pid() + "x" + System.identityHashCode(this);
  private Lab lab;
  private Plugged plugged;
  private SwitchDriver driver;
  private LsiPort lan;
  private LsiPort wan;
  private VirtualLink link;

  @BeforeEach
  void wire() {
    lab = Lab.open(Path.of("."));
    plugged = lab.plugged();
    driver =
        SwitchDriverProvider.installed().stream()
            .filter(provider -> provider.name().equals("ebpf"))
            .findFirst()
            .orElseThrow()
            .open(name)
            .orThrow();
    lan = port(GRAPH, plugged.lan());
    wan = port(LsiId.BASE, plugged.wan());
    link = driver.connect(GRAPH, "out").orThrow();
    fixed.put(wan, List.of(rule("back", MatchFields.ANY, output(link.base()))));
    fixed.put(link.graph(), List.of(rule("back", MatchFields.ANY, output(lan))));
    driver.apply(new RuleChange(fixed)).orThrow();
    driver.apply(both(1)).orThrow();
  }

  @AfterEach
  void nothingIsLeft() {
    driver.apply(new RuleChange(Map.of(wan, List.of(), link.base(), List.of()))).orThrow();
    driver.deleteLsi(GRAPH).orThrow();
    driver.deletePort(wan).orThrow();
    driver.close();
    lab.close();
    assertThat(BpfFilesystem.ROOT.resolve("universal-node").resolve(name)).doesNotExist();
  }

  @Test
  void oneChangeOfBothLsisIsNotMixed() {
    PacketCount count = during(version -> driver.apply(both(version)).orThrow());
    assertThat(count.mixed()).isZero();
    assertThat(count.lost() + count.duplicated() + count.reordered()).isZero();
    assertThat(count.changes()).isPositive();
  }

  @Test
  void oneChangeForEachLsiIsMixedAndSeen() {
    PacketCount count =
        during(
            version -> {
              driver.apply(ofGraph(version)).orThrow();
              driver.apply(ofBase(version)).orThrow();
            });
    assertThat(count.mixed()).isPositive().isLessThan(count.sent());
    assertThat(count.changes()).isPositive();
  }

  @Test
  void aMomentWithoutRulesIsALossAndSeen() {
    PacketCount count =
        during(
            version -> {
              driver.apply(new RuleChange(Map.of(lan, List.of()))).orThrow();
              driver.apply(both(version)).orThrow();
            });
    assertThat(count.lost()).isPositive().isLessThan(count.sent());
  }

  @FunctionalInterface
  private interface Update {
    void to(int version);
  }

  private PacketCount during(Update update) {
    Generator.Stream stream = Generator.in(lab).marked(plugged.ends());
    pause(300);
    for (int i = 1; i <= UPDATES; i++) {
      update.to(1 + i % 60);
      pause(5);
    }
    return stream.stop();
  }

  private RuleChange both(int version) {
    Map<LsiPort, List<SwitchRule>> all = new HashMap<>(ofGraph(version).tables());
    all.putAll(ofBase(version).tables());
    return new RuleChange(all);
  }

  private RuleChange ofGraph(int version) {
    List<RuleAction<Integer>> marking = new ArrayList<>();
    marking.add(new RuleAction.SetField<>(HeaderField.IP_DSCP, Bits.of(version)));
    marking.addAll(output(link.graph()));
    return new RuleChange(Map.of(lan, List.of(rule("mark", MatchFields.ANY, marking))));
  }

  /** Without a tag go other frames than of IP, by which the hosts find each other. */
  private RuleChange ofBase(int version) {
    List<RuleAction<Integer>> marking = new ArrayList<>();
    marking.add(new RuleAction.PushVlan<>(100 + version));
    marking.addAll(output(wan));
    MatchFields ip =
        MatchFields.ANY.with(HeaderField.ETHER_TYPE, HeaderField.ETHER_TYPE.exact(0x0800));
    return new RuleChange(
        Map.of(
            link.base(),
            List.of(rule("a-mark", ip, marking), rule("other", MatchFields.ANY, output(wan)))));
  }

  private LsiPort port(LsiId lsi, String name) {
    return driver.createPort(lsi, new Attachment.HostInterface(name)).orThrow().port();
  }

  private static SwitchRule rule(String id, MatchFields match, List<RuleAction<Integer>> actions) {
    return new SwitchRule(id, 1, match, actions);
  }

  private static List<RuleAction<Integer>> output(LsiPort port) {
    return List.of(new RuleAction.Output<>(port.number()));
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
