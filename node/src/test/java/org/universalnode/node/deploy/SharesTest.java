package org.universalnode.node.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.PortName;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SteeringRule;
import org.universalnode.switching.SwitchRule;

class SharesTest {
  private static final PortName WIRE = new PortName.Physical("eth0");
  private static final PortName GROUP = new PortName.Group("g/1", "net");
  private static final LsiPort FIRST = new LsiPort(LsiId.BASE, 1);
  private static final LsiPort SECOND = new LsiPort(LsiId.BASE, 2);

  private final Shares shares = new Shares();

  @Test
  void aTableHasTheRulesOfAllGraphs() {
    Share one = share(WIRE, FIRST, rule("one/1", WIRE, "25"));
    Share other = share(WIRE, FIRST, rule("other/1", WIRE, "26"));
    shares.put("one", one);
    shares.put("other", other);
    assertThat(ids(shares.tables(Share.NONE, other)).get(FIRST))
        .containsExactly("one/1", "other/1");
    assertThat(shares.put("one", Share.NONE)).isEqualTo(one);
    assertThat(ids(shares.tables())).isEqualTo(Map.of(FIRST, List.of("other/1")));
  }

  @Test
  void aPortThatIsLeftHasNoRules() {
    Share before = share(WIRE, FIRST, rule("one/1", WIRE, "25"));
    Share after = share(WIRE, SECOND, rule("one/1", WIRE, "25"));
    shares.put("one", before);
    assertThat(shares.put("one", after)).isEqualTo(before);
    assertThat(ids(shares.tables(before, after)))
        .isEqualTo(Map.of(FIRST, List.of(), SECOND, List.of("one/1")));
  }

  @Test
  void aNumberThatAnotherPortHasNowKeepsItsRules() {
    Share before = share(WIRE, FIRST, rule("one/1", WIRE, "25"));
    Share after = share(GROUP, FIRST, rule("one/1", GROUP, "25"));
    shares.put("one", before);
    shares.put("one", after);
    assertThat(ids(shares.tables(before, after))).isEqualTo(Map.of(FIRST, List.of("one/1")));
  }

  @Test
  void graphsMeetAtInterfacesOfTheMachineOnly() {
    shares.put("one", share(WIRE, FIRST, rule("one/1", WIRE, "25")));
    shares.put("other", share(GROUP, SECOND, rule("other/1", GROUP, "25")));
    assertThat(shares.overlaps("third", List.of(rule("third/1", WIRE, "25"))))
        .containsOnlyKeys("third/1");
    assertThat(shares.overlaps("one", List.of(rule("one/2", WIRE, "25")))).isEmpty();
    assertThat(shares.overlaps("third", List.of(rule("third/1", GROUP, "25")))).isEmpty();
    shares.put("one", Share.NONE);
    assertThat(shares.overlaps("third", List.of(rule("third/1", WIRE, "25")))).isEmpty();
  }

  private static Map<LsiPort, List<String>> ids(Map<LsiPort, List<SwitchRule>> tables) {
    Map<LsiPort, List<String>> ids = new HashMap<>();
    tables.forEach((in, rules) -> ids.put(in, rules.stream().map(SwitchRule::id).toList()));
    return ids;
  }

  private static Share share(PortName in, LsiPort port, SteeringRule rule) {
    return Share.of(List.of(rule), Map.of(in, port));
  }

  private static SteeringRule rule(String id, PortName in, String vlan) {
    MatchFields match = MatchFields.ANY.with(HeaderField.VLAN, vlan);
    return new SteeringRule(id, 1, in, match, RuleAction.outputs(List.of(in)));
  }
}
