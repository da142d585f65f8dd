package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogsCommandTest {
  private static final String STATUS = "{\"functions\":[{\"id\":\"fw\"},{\"id\":\"nat\"}]}";

  @Test
  void oneFunctionsLogIsPrintedAsItIs() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /NF-FG/g1/functions/fw/log", 200, "up\u001b[1m\n");
      assertThat(Ran.un(node, "logs", "g1", "fw")).isEqualTo(new Ran(0, "up\u001b[1m\n", ""));
    }
  }

  @Test
  void allLogsComeUnderTheirHeadings() {
    try (FakeNode node = new FakeNode()) {
      serveBoth(node);
      assertThat(Ran.un(node, "logs", "g1"))
          .isEqualTo(new Ran(0, "==> fw <==\nup\n\n==> nat <==\nmasquerading\n", ""));
    }
  }

  @Test
  void jsonHasALogForEveryFunction() {
    try (FakeNode node = new FakeNode()) {
      serveBoth(node);
      assertThat(Ran.un(node, "logs", "--json", "g1").out())
          .isEqualTo("{\n  \"fw\": \"up\\n\",\n  \"nat\": \"masquerading\\n\"\n}\n");
    }
  }

  @Test
  void aLogThatCannotBeReadDoesNotHideTheOthers() {
    try (FakeNode node = new FakeNode()) {
      serveBoth(node);
      node.on("GET /NF-FG/g1/functions/fw/log", 404, "{\"detail\":\"no log of fw\"}");
      assertThat(Ran.un(node, "logs", "g1"))
          .isEqualTo(new Ran(1, "==> nat <==\nmasquerading\n", "un: no log of fw\n"));
    }
  }

  @Test
  void aLogCannotSteerTheTerminal() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /NF-FG/g1/functions/fw/log", 200, "\u001b]0;owned\u0007\tok\n");
      Ran ran = Ran.un(Map.of("UN_URL", node.url()), "", true, "logs", "g1", "fw");
      assertThat(ran.out()).isEqualTo("\\u001b]0;owned\\u0007\tok\n");
    }
  }

  private static void serveBoth(FakeNode node) {
    node.on("GET /NF-FG/status/g1", 200, STATUS);
    node.on("GET /NF-FG/g1/functions/fw/log", 200, "up\n");
    node.on("GET /NF-FG/g1/functions/nat/log", 200, "masquerading\n");
  }
}
