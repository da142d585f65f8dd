package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The commands about one function that runs: exec, pause, resume, status. */
class InstanceCommandsTest {
  private static final String FW = "/NF-FG/g1/functions/fw";

  @Test
  void execPrintsWhatTheCommandPrintsAndEndsAsItDoes() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST " + FW + "/exec", 200, "{\"status\":3,\"output\":\"table ip\\n\"}");
      assertThat(Ran.un(node, "exec", "--seconds", "5", "g1", "fw", "nft", "--json", "-a"))
          .isEqualTo(new Ran(3, "table ip\n", ""));
      assertThat(node.requests())
          .containsExactly(
              "POST " + FW + "/exec {\"command\":[\"nft\",\"--json\",\"-a\"],\"seconds\":5}");
    }
  }

  @Test
  void execTakesTwoDashesBeforeTheCommand() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST " + FW + "/exec", 200, "{\"status\":0,\"output\":\"\"}");
      assertThat(Ran.un(node, "exec", "g1", "fw", "--", "ip", "route").status()).isZero();
      assertThat(node.requests())
          .containsExactly("POST " + FW + "/exec {\"command\":[\"ip\",\"route\"]}");
    }
  }

  @Test
  void pauseAndResumeSayWhatTheyDid() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST " + FW + "/pause", 204, "").on("POST " + FW + "/resume", 204, "");
      assertThat(Ran.un(node, "pause", "g1", "fw")).isEqualTo(new Ran(0, "fw paused\n", ""));
      assertThat(Ran.un(node, "resume", "g1", "fw")).isEqualTo(new Ran(0, "fw runs again\n", ""));
    }
  }

  @Test
  void statusOfAFunctionTellsHowItIsAndWhatItUses() {
    try (FakeNode node = new FakeNode()) {
      node.on(
          "GET " + FW,
          200,
          """
          {"id":"fw","template":"firewall","state":"running","healthy":true,"reason":"",
           "namespace":"un-g1-fw","report":{"open":2},
           "usage":{"memory-bytes":2097152,"cpu-milliseconds":30,"processes":1,"cores":[0,1]},
           "limits":{"isolation":"jail","memory-bytes":67108864,"processes":512}}""");
      assertThat(Ran.un(node, "status", "g1", "fw"))
          .isEqualTo(
              new Ran(
                  0,
                  """
                  function: fw
                  template: firewall
                  state: running
                  healthy: true
                  namespace: un-g1-fw
                  isolation: jail

                  RESOURCE   USED    LIMIT
                  memory     2.0 MB  64.0 MB
                  processes  1       512
                  cpu        30 ms   -
                  cores      0 1     -

                  {
                    "open": 2
                  }
                  """,
                  ""));
    }
  }

  @Test
  void aLogIsFollowedUntilItsFunctionIsGone() {
    try (FakeNode node = new FakeNode()) {
      node.log("GET " + FW + "/log", "one\n", "4");
      Ran followed = Ran.un(node, "logs", "-f", "g1", "fw");
      assertThat(followed.out()).isEqualTo("one\n");
      assertThat(followed.err()).contains("log?from=4 was answered 404");
      assertThat(followed.status()).isEqualTo(CommandTree.FAILED);
      assertThat(node.requests()).containsExactly("GET " + FW + "/log", "GET " + FW + "/log");
    }
  }

  @Test
  void followingIsForOneFunction() {
    try (FakeNode node = new FakeNode()) {
      assertThat(Ran.un(node, "logs", "-f", "g1").status()).isEqualTo(CommandTree.USAGE);
    }
  }
}
