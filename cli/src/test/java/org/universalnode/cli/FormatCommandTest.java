package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatCommandTest {
  private static final String PRETTY =
      """
      {
        "forwarding-graph": {
          "name": "g",
          "VNFs": [],
          "end-points": [],
          "big-switch": {
            "flow-rules": []
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void aGraphIsPrintedInItsCanonicalForm() {
    Ran ran = Ran.un(Map.of(), Documents.GRAPH, false, "fmt", "-");
    assertThat(ran).isEqualTo(new Ran(CommandTree.DONE, PRETTY, ""));
  }

  @Test
  void whatIsPrintedIsCanonicalAlready() {
    for (String document :
        List.of(Documents.GRAPH, Documents.TEMPLATE, Documents.SPARSE_TEMPLATE)) {
      String once = Ran.un(Map.of(), document, false, "fmt", "-").out();
      String twice = Ran.un(Map.of(), once, false, "fmt", "-").out();
      assertThat(once).isNotEmpty().isEqualTo(twice);
      Ran check = Ran.un(Map.of(), once, false, "fmt", "--check", "-");
      assertThat(check.status()).isEqualTo(CommandTree.DONE);
      assertThat(check.out()).startsWith("-: ok\n");
    }
  }

  @Test
  void aWrongDocumentIsRefusedWithItsErrors() {
    String wrong = Documents.file(folder, "wrong.json", Documents.WRONG_GRAPH);
    Ran ran = un("fmt", wrong);
    assertThat(ran)
        .isEqualTo(new Ran(CommandTree.FAILED, "", un("validate", wrong).out()))
        .matches(refused -> refused.err().startsWith(wrong + ": 2 errors\n  /forwarding-graph/"));
  }

  @Test
  void warningsDoNotMixWithTheDocument() {
    Ran ran = Ran.un(Map.of(), Documents.SPARSE_TEMPLATE, true, "fmt", "-");
    assertThat(ran.status()).isEqualTo(CommandTree.DONE);
    assertThat(ran.out()).startsWith("{\n").doesNotContain("warning");
    assertThat(ran.err()).startsWith("-: ok\n  warning: line 1, column 1: ");
  }

  @Test
  void theKindIsTheOneThatIsSaid() {
    Ran ran = Ran.un(Map.of(), Documents.GRAPH, false, "fmt", "--kind=template", "-");
    assertThat(ran.status()).isEqualTo(CommandTree.FAILED);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void checkTellsWhereAFileLeavesTheCanonicalForm() {
    String good = Documents.file(folder, "good.json", PRETTY);
    String odd = Documents.file(folder, "odd.json", PRETTY.replace("    \"name\"", "\t\"name\""));
    String cut = Documents.file(folder, "cut.json", PRETTY.strip());
    String wrong = Documents.file(folder, "wrong.json", Documents.WRONG_GRAPH);
    String other = "from here on the canonical form is another (write what un fmt prints)\n";
    assertThat(un("fmt", "--check", good, odd, cut, wrong))
        .isEqualTo(
            new Ran(
                CommandTree.FAILED,
                (good + ": ok\n")
                    + (odd + ": 1 error\n  line 3, column 1: " + other)
                    + (cut + ": 1 error\n  line 10, column 2: " + other)
                    + un("validate", wrong).out(),
                ""));
    assertThat(un("fmt", "--check", "--json", odd).out()).contains("\"line\": 3", "\"ok\": false");
  }

  @Test
  void severalFilesCanOnlyBeChecked() {
    Ran ran = un("fmt", "a", "b");
    String err = "un: fmt prints one document, and was given 2 files\n  next: see: un fmt --help\n";
    assertThat(ran).isEqualTo(new Ran(CommandTree.USAGE, "", err));
  }

  private static Ran un(String... arguments) {
    return Ran.un(Map.of(), "", false, arguments);
  }
}
