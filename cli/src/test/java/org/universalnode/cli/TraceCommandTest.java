package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceCommandTest {
  private static final String TO_A_FUNCTION =
      """
      {"in":"endpoint:lan","frame":"tcp 10.0.0.1:1 -> 10.0.0.2:80",
       "hops":[
        {"lsi":0,"in":"lan0","frame":"tcp 10.0.0.1:1 -> 10.0.0.2:80 vlan 25","rule":"web",
         "actions":["pop VLAN","output to link to vnf:fw:lan:0"]},
        {"lsi":1,"in":"link to vnf:fw:lan:0","frame":"tcp 10.0.0.1:1 -> 10.0.0.2:80",
         "actions":["output to vnf:fw:lan:0"]}],
       "ends":[{"at":"vnf:fw:lan:0","ports":["vnf:fw:lan:0"],
         "onward":["vnf:fw:wan:0","vnf:fw:wan:1"],
         "frame":"tcp 10.0.0.1:1 -> 10.0.0.2:80","packet":"hex:0102"}],
       "dropped":false,"cut":false}""";

  private static final String OUT =
      """
      {"in":"vnf:fw:wan:0","frame":"arp who-has 10.0.0.2 tell 10.0.0.1","hops":[],
       "ends":[{"at":"wan0","ports":["endpoint:wan","endpoint:all"],"onward":[],
         "frame":"arp who-has 10.0.0.2 tell 10.0.0.1","packet":"hex:03"}],
       "dropped":false,"cut":true}""";

  private static final String DROPPED =
      """
      {"in":"endpoint:lan","frame":"ip a","hops":[{"lsi":0,"in":"lan0","frame":"ip a",
       "actions":["drop: no rule matches"]}],"ends":[],"dropped":true,"cut":false}""";

  @Test
  void theWayToAFunctionIsShownHopByHopAndHowToGoOn() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/a%2Fb/trace", 200, TO_A_FUNCTION);
      assertThat(Ran.un(node, "trace", "a/b", "--in", "endpoint:lan", "--packet", "tcp \"x\""))
          .isEqualTo(
              done(
                  """
                  tcp 10.0.0.1:1 -> 10.0.0.2:80
                  comes in at endpoint:lan
                    now tcp 10.0.0.1:1 -> 10.0.0.2:80 vlan 25
                  LSI-0, lan0: rule web
                    pop VLAN
                    output to link to vnf:fw:lan:0
                    now tcp 10.0.0.1:1 -> 10.0.0.2:80
                  LSI-1, link to vnf:fw:lan:0
                    output to vnf:fw:lan:0
                  reaches vnf:fw:lan:0
                    what the function does with it, only the function knows
                    if it sends it on unchanged: --in vnf:fw:wan:0 --packet hex:0102
                    if it sends it on unchanged: --in vnf:fw:wan:1 --packet hex:0102
                  """));
      assertThat(node.requests())
          .containsExactly(
              "POST /NF-FG/a%2Fb/trace {\"in\":\"endpoint:lan\",\"packet\":\"tcp \\\"x\\\"\"}");
    }
  }

  @Test
  void aPacketThatLeavesNamesTheInterfaceAndItsEndPoints() {
    assertThat(traced(OUT))
        .isEqualTo(
            done(
                """
                arp who-has 10.0.0.2 tell 10.0.0.1
                comes in at vnf:fw:wan:0
                leaves by wan0 (endpoint:wan, endpoint:all)
                copies were dropped: the way is too long
                """));
  }

  @Test
  void aDroppedPacketIsSaidToBeAndWhere() {
    assertThat(traced(DROPPED))
        .isEqualTo(
            done(
                """
                ip a
                comes in at endpoint:lan
                LSI-0, lan0
                  drop: no rule matches
                dropped
                """));
  }

  @Test
  void jsonIsTheNodesAnswerAndNamesCannotSteerATerminal() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/g1/trace", 200, "{\"dropped\":true,\"in\":\"\\u001b[2J\"}");
      String[] trace = {"trace", "--json", "g1", "--in", "endpoint:1", "--packet", "p"};
      assertThat(Ran.un(node, trace))
          .isEqualTo(done("{\n  \"dropped\": true,\n  \"in\": \"\\u001b[2J\"\n}\n"));
      String[] shown = {"trace", "g1", "--in", "endpoint:1", "--packet", "p"};
      assertThat(Ran.un(Map.of("UN_URL", node.url()), "", true, shown).out())
          .contains("comes in at \\u001b[2J\n")
          .endsWith("\u001b[31mdropped\u001b[0m\n");
    }
  }

  @Test
  void aPortOrPacketThatTheNodeRefusesIsAFailureAndAMissingOneWrongUsage() {
    try (FakeNode node = new FakeNode()) {
      String answer =
          """
          {"problems":[{"code":"INVALID_DOCUMENT","pointer":"/packet","line":1,"column":31,
           "detail":"\\"warp\\" is no kind of packet","next":"begin with tcp"}]}""";
      node.on("POST /NF-FG/g1/trace", 400, answer);
      assertThat(Ran.un(node, "trace", "g1", "--in", "endpoint:1", "--packet", "warp"))
          .isEqualTo(
              new Ran(
                  CommandTree.FAILED,
                  "",
                  "un: /packet: \"warp\" is no kind of packet\n  next: begin with tcp\n"));
      assertThat(Ran.un(node, "trace", "g1", "--in", "endpoint:1").status())
          .isEqualTo(CommandTree.USAGE);
      assertThat(Ran.un(node, "trace", "g1", "--in", "", "--packet", "p").status())
          .isEqualTo(CommandTree.USAGE);
      assertThat(node.requests()).hasSize(1);
    }
  }

  private static Ran traced(String answer) {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/g1/trace", 200, answer);
      return Ran.un(node, "trace", "g1", "--in", "endpoint:1", "--packet", "p");
    }
  }

  private static Ran done(String out) {
    return new Ran(CommandTree.DONE, out, "");
  }
}
