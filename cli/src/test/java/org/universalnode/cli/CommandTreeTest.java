package org.universalnode.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandTreeTest {
  private static final String SIMILAR = "did you mean: list or status?";

  @Test
  void withoutACommandTheUsageIsShownAsAnError() {
    Ran ran = un();
    assertThat(ran.status()).isEqualTo(CommandTree.USAGE);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("Commands:", "serve", "apply", "logs", "UN_URL");
  }

  @Test
  void helpIsTheSameForTheCommandAndTheOption() {
    assertThat(un("help", "apply")).isEqualTo(un("apply", "--help"));
    assertThat(un("help")).isEqualTo(un("--help")).matches(ran -> ran.status() == 0);
    assertThat(un("help", "apply").out()).contains("FILE", "--id", "--json", "--url");
    assertThat(un("help", "fly").err()).startsWith("un: no such command: fly\n");
  }

  @Test
  void versionIsTheBuilds() {
    assertThat(un("--version").out()).matches("un \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @Test
  void argumentsThatMakeNoSenseAreWrongUsageWithANextStep() {
    assertThat(un("show"))
        .isEqualTo(usage("Missing required parameter: 'GRAPH'", "see: un show --help"));
    assertThat(un("lst")).isEqualTo(usage("Unmatched argument at index 0: 'lst'", SIMILAR));
    assertThat(un("list", "--colour").status()).isEqualTo(CommandTree.USAGE);
    assertThat(un("show", "a", "b").status()).isEqualTo(CommandTree.USAGE);
  }

  @Test
  void serveIsExplainedAndNotRunHere() {
    Ran ran = un("serve", "--port", "8080");
    assertThat(ran.status()).isEqualTo(CommandTree.USAGE);
    assertThat(ran.err()).contains("next: run the launcher: un serve");
  }

  @Test
  void aFileThatBeginsWithAnAtSignIsNotExpanded() {
    assertThat(un("apply", "@none.json").err()).startsWith("un: cannot read @none.json: no such");
  }

  @Test
  void colourIsForTerminalsThatWantIt() {
    String answer = "{\"nffg-uuid\":\"g1\",\"state\":\"active\"}";
    try (FakeNode node = new FakeNode()) {
      node.on("GET /NF-FG/status/g1", 200, answer);
      Map<String, String> plain = Map.of("UN_URL", node.url(), "NO_COLOR", "1");
      Map<String, String> colour = Map.of("UN_URL", node.url());
      String[] status = {"status", "g1"};
      assertThat(Ran.un(colour, "", true, status).out()).contains("\u001b[32mactive\u001b[0m");
      assertThat(Ran.un(plain, "", true, status).out()).doesNotContain("\u001b");
      assertThat(Ran.un(colour, "", false, status).out()).doesNotContain("\u001b");
      assertThat(Ran.un(colour, "", true, "status", "--json", "g1").out()).doesNotContain("\u001b");
    }
  }

  @Test
  void outputThatCannotBeWrittenIsAFailure() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("no space left");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(full, false, UTF_8),
            new PrintStream(err, false, UTF_8),
            false,
            Prompt.NOBODY);
    assertThat(new CommandTree(terminal, Map.of()).run("help")).isEqualTo(CommandTree.FAILED);
    assertThat(err.toString(UTF_8)).startsWith("un: cannot write the output\n  next: ");
  }

  private static Ran un(String... arguments) {
    return Ran.un(Map.of(), "", false, arguments);
  }

  private static Ran usage(String detail, String next) {
    return new Ran(CommandTree.USAGE, "", "un: " + detail + "\n  next: " + next + "\n");
  }
}
