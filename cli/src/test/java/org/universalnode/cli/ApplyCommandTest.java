package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {
  private static final String GRAPH = "{\"forwarding-graph\":{\"name\":\"g\"}}";
  private static final String TIMING = "deploy;dur=7.13, handlers;dur=5.90";

  @TempDir Path folder;

  @Test
  void aGraphWithoutAnIdIsPostedAndTheChosenIdIsShownWithItsTime() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/", 201, "{\"nffg-uuid\":\"g1\"}", TIMING);
      Ran ran = Ran.un(node, "apply", file(GRAPH));
      assertThat(ran).isEqualTo(done("g1 applied in 7.1 ms (last handler after 5.9 ms)\n"));
      assertThat(node.requests()).containsExactly("POST /NF-FG/ " + GRAPH);
    }
  }

  @Test
  void aGraphWithAnIdIsPutThere() {
    try (FakeNode node = new FakeNode()) {
      node.on("PUT /NF-FG/edge", 202, "", TIMING);
      Ran ran = Ran.un(node, "apply", "--id", "edge", file(GRAPH));
      assertThat(ran).isEqualTo(done("edge applied in 7.1 ms (last handler after 5.9 ms)\n"));
      assertThat(node.requests()).containsExactly("PUT /NF-FG/edge " + GRAPH);
    }
  }

  @Test
  void anIdIsPercentEncoded() {
    try (FakeNode node = new FakeNode()) {
      node.on("PUT /NF-FG/a%2Fb%20%C3%BC%3F", 201, "{\"nffg-uuid\":\"a/b ü?\"}");
      Ran ran = Ran.un(node, "apply", "--id=a/b ü?", file(GRAPH));
      assertThat(ran).isEqualTo(done("a/b ü? applied\n"));
    }
  }

  @Test
  void aDashReadsTheGraphFromStandardInput() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/", 201, "{\"nffg-uuid\":\"g1\"}", "deploy;dur=3");
      Ran ran = Ran.un(Map.of("UN_URL", node.url()), GRAPH, false, "apply", "-");
      assertThat(ran).isEqualTo(done("g1 applied in 3.0 ms\n"));
      assertThat(node.requests()).containsExactly("POST /NF-FG/ " + GRAPH);
    }
  }

  @Test
  void jsonNamesTheGraphEvenWhereTheNodeAnswersWithoutABody() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/", 201, "{\"nffg-uuid\":\"g1\"}").on("PUT /NF-FG/g1", 202, "");
      Ran posted = Ran.un(node, "apply", "--json", file(GRAPH));
      Ran put = Ran.un(node, "apply", "--json", "--id", "g1", file(GRAPH));
      assertThat(posted).isEqualTo(done("{\n  \"nffg-uuid\": \"g1\"\n}\n")).isEqualTo(put);
    }
  }

  @Test
  void everyProblemOfTheGraphIsToldWithItsElementAndNextStep() {
    String refusal =
        """
        {"type":"about:blank","title":"Invalid","status":400,"detail":"2 problems","problems":[
         {"code":"UNKNOWN_REFERENCE","pointer":"/forwarding-graph/VNFs/0","detail":"no function",
          "next":"see: un functions"},
         {"code":"INVALID_DOCUMENT","pointer":"/forwarding-graph/x","detail":"unknown key"}]}""";
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/", 400, refusal);
      Ran ran = Ran.un(node, "apply", file(GRAPH));
      String err =
          """
          un: /forwarding-graph/VNFs/0: no function
            next: see: un functions
          un: /forwarding-graph/x: unknown key
          """;
      assertThat(ran).isEqualTo(new Ran(CommandTree.FAILED, "", err));
    }
  }

  @Test
  void aFileThatIsMissingEmptyOrTooLongIsRefusedBeforeTheNodeIsAsked() {
    try (FakeNode node = new FakeNode()) {
      assertThat(Ran.un(node, "apply", folder.resolve("none").toString()))
          .matches(ran -> ran.status() == CommandTree.FAILED)
          .matches(ran -> ran.err().contains("none: no such file\n  next: "));
      assertThat(Ran.un(node, "apply", file("")).err()).contains("is empty");
      assertThat(Ran.un(node, "apply", file(" ".repeat(DocumentFile.LONGEST + 1))).err())
          .contains("is longer than 4194304 bytes");
      assertThat(Ran.un(node, "apply", folder.toString()).status()).isEqualTo(CommandTree.FAILED);
      assertThat(node.requests()).isEmpty();
    }
  }

  @Test
  void anEmptyIdNeverTurnsIntoANewGraph() {
    try (FakeNode node = new FakeNode()) {
      Ran ran = Ran.un(node, "apply", "--id", "", file(GRAPH));
      assertThat(ran.status()).isEqualTo(CommandTree.USAGE);
      assertThat(ran.err()).startsWith("un: --id is empty\n  next: see: un apply --help");
      assertThat(node.requests()).isEmpty();
    }
  }

  private static Ran done(String out) {
    return new Ran(CommandTree.DONE, out, "");
  }

  private String file(String content) {
    try {
      return Files.writeString(folder.resolve("graph.json"), content).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
