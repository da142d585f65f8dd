package org.universalnode.switching.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SwitchRule;

/** Learning groups: interfaces 1, 2 and 3 each have a member of the group, 11, 12 and 13. */
class GroupTest {
  private static final String EVERYBODY = "ff:ff:ff:ff:ff:ff";
  private static final String ANNA = "02:00:00:00:00:0a";
  private static final String BERT = "02:00:00:00:00:0b";

  private final ReferenceSwitch lsis =
      new ReferenceSwitch(
          rules(), List.of(), List.of(new Group(List.of(port(11), port(12), port(13)))));

  @Test
  void broadcastReachesAllButTheSender() {
    assertThat(send(2, ANNA, EVERYBODY)).containsExactly(1, 3);
  }

  @Test
  void anUnknownDestinationReachesAllButTheSender() {
    assertThat(send(1, ANNA, BERT)).containsExactly(2, 3);
  }

  @Test
  void aSourceIsADestinationFromThenOn() {
    send(1, ANNA, EVERYBODY);
    assertThat(send(3, BERT, ANNA)).containsExactly(1);
    assertThat(send(1, ANNA, BERT)).containsExactly(3);
  }

  @Test
  void whoMovesIsFoundAtTheNewPlace() {
    send(1, ANNA, EVERYBODY);
    send(2, ANNA, EVERYBODY);
    assertThat(send(3, BERT, ANNA)).containsExactly(2);
  }

  @Test
  void neighboursAtOneMemberDoNotReachEachOtherThroughTheGroup() {
    send(1, ANNA, EVERYBODY);
    assertThat(send(1, BERT, ANNA)).isEmpty();
  }

  @Test
  void groupAddressesAreNotLearned() {
    send(1, EVERYBODY, ANNA);
    assertThat(send(2, ANNA, EVERYBODY)).containsExactly(1, 3);
  }

  @Test
  void whatComesInAtAMemberMeetsItsRules() {
    Walk<LsiPort> walk = lsis.run(port(1), frame(ANNA, EVERYBODY));
    assertThat(walk.steps()).extracting(Step::in).containsExactly(port(1), port(12), port(13));
  }

  @Test
  void aGroupHasALimit() {
    assertThatThrownBy(() -> new Group(Collections.nCopies(33, port(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 32");
  }

  /** The interfaces that get the frame. */
  private List<Integer> send(int from, String source, String dest) {
    return lsis.run(port(from), frame(source, dest)).leaving().stream()
        .map(left -> left.port().number())
        .toList();
  }

  private static Frame frame(String source, String dest) {
    return PacketText.parse("udp 10.0.0.1:1 -> 10.0.0.2:2 src-mac " + source + " dst-mac " + dest);
  }

  private static Map<LsiPort, List<SwitchRule>> rules() {
    Map<LsiPort, List<SwitchRule>> rules = new HashMap<>();
    for (int i = 1; i <= 3; i++) {
      rules.put(port(i), List.of(all("in " + i, 10 + i)));
      rules.put(port(10 + i), List.of(all("out " + i, i)));
    }
    return rules;
  }

  private static SwitchRule all(String id, int to) {
    return new SwitchRule(id, 1, MatchFields.ANY, RuleAction.outputs(List.of(to)));
  }

  private static LsiPort port(int number) {
    return new LsiPort(LsiId.BASE, number);
  }
}
