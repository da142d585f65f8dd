package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountersCommandTest {
  private static final String COUNTERS =
      """
      {"nffg-uuid":"g1",
       "flow-rules":[{"id":"web","lsi":0,"packets":12,"bytes":1840},
         {"id":"back","lsi":3,"packets":0,"bytes":0}],
       "ports":[{"port":"endpoint:lan","interface":"lan0","in":{"packets":15,"bytes":2000},
          "out":{"packets":1,"bytes":60},"dropped":{"packets":3,"bytes":160}},
         {"port":"vnf:fw:lan:0","in":{"packets":0,"bytes":0},
          "out":{"packets":9223372036854775807,"bytes":1840},"dropped":{"packets":0,"bytes":0}}],
       "links":[{"to":"vnf:fw:lan:0","packets":12,"bytes":1840}]}""";

  @Test
  void rulesPortsAndLinksHaveATableEach() {
    assertThat(shown(COUNTERS))
        .isEqualTo(
            new Ran(
                CommandTree.DONE,
                """
                FLOW-RULE  LSI  PACKETS  BYTES
                web        0    12       1840
                back       3    0        0

                PORT          INTERFACE  IN  IN-BYTES  OUT                  OUT-BYTES  DROPPED
                endpoint:lan  lan0       15  2000      1                    60         3
                vnf:fw:lan:0  -          0   0         9223372036854775807  1840       0

                LINK-TO       PACKETS  BYTES
                vnf:fw:lan:0  12       1840
                """,
                ""));
  }

  @Test
  void aGraphWithoutRulesAndPortsHasNothingToCount() {
    assertThat(shown("{\"nffg-uuid\":\"g1\"}").out()).isEqualTo("nothing to count\n");
  }

  @Test
  void jsonIsTheNodesAnswer() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /NF-FG/a%2Fb/counters", 200, "{\"links\":[]}");
      assertThat(Ran.un(node, "counters", "--json", "a/b").out())
          .isEqualTo("{\n  \"links\": []\n}\n");
    }
  }

  private static Ran shown(String answer) {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /NF-FG/g1/counters", 200, answer);
      return Ran.un(node, "counters", "g1");
    }
  }
}
