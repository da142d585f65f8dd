package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Changes that depend on the graph being as it was, and nodes that have too much to do. */
class PreconditionTest {
  private static final Map<String, String> TAG = Map.of("ETag", "\"ab12\"");

  @Test
  void theTagOfAGraphIsShown() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /NF-FG/g1", 200, "{}", TAG);
      assertThat(Ran.un(node, "show", "g1", "--etag")).isEqualTo(new Ran(0, "ab12\n", ""));
      assertThat(Ran.un(node, "show", "g1", "--etag", "--json").out())
          .isEqualTo("{\n  \"etag\": \"ab12\"\n}\n");
    }
  }

  @Test
  void aChangeCanDependOnTheTag() {
    try (FakeNode node = new FakeNode()) {
      node.on("PUT /NF-FG/g1", 202, "").on("DELETE /NF-FG/g1", 204, "");
      Map<String, String> environment = Map.of("UN_URL", node.url());
      for (String tag : new String[] {"ab12", "\"ab12\"", "*"}) {
        Ran.un(environment, "{}", false, "apply", "--id=g1", "--if-match", tag, "-");
      }
      Ran.un(node, "delete", "--if-match", "ab12", "g1");
      assertThat(node.conditions())
          .containsExactly(
              "If-Match: \"ab12\"", "If-Match: \"ab12\"", "If-Match: *", "If-Match: \"ab12\"");
      Ran ran = Ran.un(environment, "{}", false, "apply", "--if-match", "ab12", "-");
      assertThat(ran.status()).isEqualTo(CommandTree.USAGE);
      assertThat(Ran.un(node, "delete", "--if-match", "", "g1").status())
          .isEqualTo(CommandTree.USAGE);
    }
  }

  @Test
  void aGraphThatIsWatchedIsNewUnderANameOfItsOwn() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /events", 200, "retry: 1000\n\n");
      Map<String, String> environment = Map.of("UN_URL", node.url());
      Ran.un(environment, "{}", false, "apply", "--watch", "-");
      assertThat(node.requests().getLast()).matches("PUT /NF-FG/[0-9a-f-]{36} \\{}");
      assertThat(node.conditions()).containsExactly("If-None-Match: *");
    }
  }

  @Test
  void aBusyNodeIsAskedAgainAFewTimes() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/", 201, "{\"nffg-uuid\":\"g1\"}").busy("POST /NF-FG/", 2, "0");
      Ran ran = Ran.un(Map.of("UN_URL", node.url()), "{}", false, "apply", "-");
      assertThat(ran).isEqualTo(new Ran(0, "g1 applied\n", ""));
      assertThat(node.requests()).hasSize(3);
      node.on("GET /NF-FG", 200, "{}").busy("GET /NF-FG", 100, "0");
      assertThat(Ran.un(node, "list")).isEqualTo(new Ran(1, "", "un: too much\n"));
      assertThat(node.requests()).hasSize(9);
    }
  }

  @Test
  void aBusyNodeThatSaysNotWhenOrLongAfterIsLeftAlone() {
    for (String seconds : new String[] {"", "3600", "Fri, 31 Dec 1999 23:59:59 GMT"}) {
      try (FakeNode node = new FakeNode()) {
        node.busy("GET /NF-FG", 9, seconds);
        assertThat(Ran.un(node, "list").status()).isEqualTo(CommandTree.FAILED);
        assertThat(node.requests()).hasSize(1);
      }
    }
  }
}
