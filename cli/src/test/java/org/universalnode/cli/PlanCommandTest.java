package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
  private static final String NEW =
      """
      {"changes":true,"cosmetic":false,"graph":"created","notes":false,
       "functions":{"start":[{"id":"fw","template":"firewall","vnf-type":"native",
           "isolation":"jail","aspects":[]}],
         "update":[],"replace":[],"stop":[],"keep":[]},
       "end-points":{"added":[{"id":"1","type":"interface","interface":"eth0"},
         {"id":"2","type":"vlan"}],"removed":[],"changed":[],"kept":0},
       "flow-rules":{"added":[{"id":"r1"}],"removed":[],"changed":[],"kept":0},
       "interfaces":{"taken":["eth0"],"given-back":[]},
       "links":{"added":2,"removed":0,"kept":0},
       "steps":["make the LSI","switch rules"],
       "resources":{"memory-mb":64,"processes":512},"milliseconds":12.5}""";

  private static final String CHANGE =
      """
      {"changes":true,"cosmetic":false,"graph":"changed","notes":true,
       "functions":{"start":[],
         "update":[{"id":"fw","template":"firewall","vnf-type":"native",
           "aspects":["ports","configuration"]}],
         "replace":[{"id":"nat","template":"nat","vnf-type":"native",
           "aspects":["implementation"]}],
         "stop":[{"id":"dhcp","template":"dhcp","vnf-type":"native","aspects":[]}],
         "keep":[{"id":"a","aspects":[]},{"id":"b","aspects":["notes"]},{"id":"c","aspects":[]}]},
       "end-points":{"added":[],"removed":[{"id":"2","type":"interface","interface":"eth1"}],
         "changed":[{"id":"1","type":"interface","interface":"eth2","aspects":["attachment"]}],
         "kept":1},
       "flow-rules":{"added":[],"removed":[{"id":"r2"}],
         "changed":[{"id":"r1","aspects":["priority","match"]}],"kept":5},
       "interfaces":{"taken":[],"given-back":["eth1"]},
       "links":{"added":0,"removed":1,"kept":3}}""";

  private static final String NOTHING =
      """
      {"changes":false,"cosmetic":true,"graph":"kept","notes":false,
       "functions":{"keep":[{"id":"a","aspects":[]}]},"end-points":{"kept":0},
       "flow-rules":{"kept":2}}""";

  private static final String CHOICE =
      """
      {"changes":false,"functions":{"keep":[{"id":"fw","aspects":[]}]},
       "implementations":{"cost":2150,"proven":%s,"cores":[0,1],"functions":[
         {"id":"fw","chosen":"fw-native","candidates":[
           {"template":"fw-dpdk","vnf-type":"dpdk","refused":"this node runs no dpdk functions"},
           {"template":"fw-docker","vnf-type":"docker","cost":3930,
            "parts":{"resources":1600,"cpu":1600,"paths":400,"start":330,"download":0}},
           {"template":"fw-native","vnf-type":"native","cost":2150,
            "parts":{"resources":200,"cpu":1600,"paths":300,"start":50}}]}]}}""";

  @TempDir Path folder;

  @Test
  void aNewGraphIsPostedAndAllThatItBringsIsShown() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/plan", 200, NEW);
      String shown =
          """
          + graph
          + function fw: firewall (native, jail)
          + end-point 1: interface=eth0
          + end-point 2: vlan
          + rule r1
          + interface eth0: taken from the host
          2 steps, about 12.5 ms; functions may use 64 MB and 512 processes
          """;
      assertThat(Ran.un(node, "plan", file())).isEqualTo(done(shown));
      assertThat(node.requests()).containsExactly("POST /NF-FG/plan " + Documents.GRAPH);
    }
  }

  @Test
  void aChangeOfAGraphIsShownElementByElementWithWhatStays() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/a%2Fb/plan", 200, CHANGE);
      String shown =
          """
          ~ graph: notes
          ~ function nat: implementation (replaced)
          ~ function fw: ports, configuration
          ~ function b: notes (not touched)
          - function dhcp
          ~ end-point 1: attachment
          - end-point 2
          ~ rule r1: priority, match
          - rule r2
          - interface eth1: given back to the host
          2 functions, 1 end-point, 5 rules unchanged
          """;
      assertThat(Ran.un(node, "plan", "--id", "a/b", file())).isEqualTo(done(shown));
    }
  }

  @Test
  void nothingToDoIsSaidInOneLine() {
    assertThat(planned(NOTHING)).isEqualTo(done("nothing to do: 1 function, 2 rules unchanged\n"));
    assertThat(planned("{\"changes\":false}")).isEqualTo(done("nothing to do\n"));
  }

  @Test
  void aChangeOfNotesSaysThatNothingIsTouched() {
    String notes = NOTHING.replace("\"changes\":false", "\"changes\":true");
    assertThat(planned(notes.replace("\"notes\":false", "\"notes\":true")))
        .isEqualTo(
            done(
                """
                ~ graph: notes
                1 function, 2 rules unchanged
                only notes change: nothing that runs is touched
                """));
  }

  @Test
  void aGraphThatDoesNotRunIsRestored() {
    String restored =
        """
        {"changes":true,"cosmetic":false,"graph":"restored","notes":false,
         "functions":{"start":[{"id":"fw","template":"firewall","vnf-type":"native"}]},
         "flow-rules":{"kept":2}}""";
    assertThat(planned(restored))
        .isEqualTo(
            done(
                """
                ~ graph: restored; it does not run as it should
                + function fw: firewall (native)
                2 rules unchanged
                """));
  }

  @Test
  void jsonIsTheNodesAnswer() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/plan", 200, "{\"changes\":false,\"graph\":\"kept\"}");
      assertThat(Ran.un(node, "plan", "--json", file()))
          .isEqualTo(done("{\n  \"changes\": false,\n  \"graph\": \"kept\"\n}\n"));
    }
  }

  @Test
  void signsAreColouredOnATerminalAndNamesCannotSteerIt() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/g1/plan", 200, CHANGE.replace("dhcp", "\\u001b[2J"));
      Map<String, String> environment = Map.of("UN_URL", node.url());
      assertThat(Ran.un(environment, "", true, "plan", "--id", "g1", file()).out())
          .contains("\u001b[33m~\u001b[0m rule r1: priority, match\n")
          .contains("\u001b[31m-\u001b[0m function \\u001b[2J\n");
      node.on("POST /NF-FG/plan", 200, NEW);
      assertThat(Ran.un(environment, "", true, "plan", file()).out())
          .startsWith("\u001b[32m+\u001b[0m graph\n");
    }
  }

  @Test
  void aGraphThatWouldBeRefusedIsAFailure() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/gx/plan", 404, "{\"detail\":\"no graph gx\",\"next\":\"un list\"}");
      assertThat(Ran.un(node, "plan", "--id", "gx", file()))
          .isEqualTo(new Ran(CommandTree.FAILED, "", "un: no graph gx\n  next: un list\n"));
      assertThat(Ran.un(node, "plan", "--id", "", file()).status()).isEqualTo(CommandTree.USAGE);
      assertThat(Ran.un(node, "plan", folder.resolve("none").toString()).err())
          .startsWith("un: cannot read ");
    }
  }

  private Ran planned(String answer) {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/g1/plan", 200, answer);
      return Ran.un(node, "plan", "--id", "g1", file());
    }
  }

  private static Ran done(String out) {
    return new Ran(CommandTree.DONE, out, "");
  }

  private String file() {
    return Documents.file(folder, "graph.json", Documents.GRAPH);
  }

  @Test
  void theReasonsForImplementationsAreShownIfAsked() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/plan", 200, CHOICE.formatted("true"));
      String shown =
          """
          nothing to do: 1 function unchanged

          FUNCTION  TEMPLATE   TYPE    VERDICT  COST  WHY
          fw        fw-dpdk    dpdk    refused  -     this node runs no dpdk functions
          fw        fw-docker  docker  dearer   3930  resources=1600 cpu=1600 paths=400 start=330
          fw        fw-native  native  chosen   2150  resources=200 cpu=1600 paths=300 start=50
          cost 2150, the least there is; cores 0, 1
          """;
      assertThat(Ran.un(node, "plan", "--explain", file()).out()).isEqualTo(shown);
      node.on("POST /NF-FG/plan", 200, CHOICE.formatted("false"));
      assertThat(Ran.un(node, "plan", "--explain", file()).out())
          .contains("the least that was found in time");
      assertThat(Ran.un(node, "plan", file()).out()).doesNotContain("TEMPLATE");
    }
  }
}
