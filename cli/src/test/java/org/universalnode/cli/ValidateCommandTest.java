package org.universalnode.cli;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.nffg.GraphReader;
import org.universalnode.problem.Problem;

class ValidateCommandTest {
  @TempDir Path folder;

  @Test
  void goodDocumentsOfBothKindsAreOk() {
    String graph = file("graph.json", Documents.GRAPH);
    String template = file("template.json", Documents.TEMPLATE);
    assertThat(un("validate", graph, template))
        .isEqualTo(new Ran(CommandTree.DONE, graph + ": ok\n" + template + ": ok\n", ""));
  }

  @Test
  void everyErrorHasItsPointerItsPlaceAndWhatToDo() {
    String graph = file("graph.json", Documents.WRONG_GRAPH);
    List<Problem> errors = GraphReader.check(Documents.WRONG_GRAPH).errors();
    String out =
        (graph + ": 2 errors\n")
            + ("  /forwarding-graph/nonsense: " + errors.get(0).message() + "\n")
            + ("  /forwarding-graph/silliness: " + errors.get(1).message() + "\n");
    assertThat(errors.get(0).message()).startsWith("line 2, column ").endsWith(")");
    assertThat(un("validate", graph)).isEqualTo(new Ran(CommandTree.FAILED, out, ""));
  }

  @Test
  void warningsLeaveAFileOk() {
    String template = file("t.json", Documents.SPARSE_TEMPLATE);
    Ran ran = un("validate", template);
    assertThat(ran.status()).isEqualTo(CommandTree.DONE);
    assertThat(ran.out()).startsWith(template + ": ok\n  ").contains("warning: line 1, column 1: ");
  }

  @Test
  void aBrokenDocumentIsReadAsWhatItsKeysSay() {
    String graph = file("g.json", "{\"forwarding-graph\": {\"name\": }}");
    String template = file("t.json", "{\"vnf-type\": \"native\", \"ports\": [}");
    assertThat(un("validate", graph, template).out())
        .startsWith(graph + ": 1 error\n  /forwarding-graph/name: line 1, column ")
        .contains(template + ": 1 error\n  /ports");
    assertThat(un("validate", "--json", graph, template).out())
        .contains("\"kind\": \"graph\"", "\"kind\": \"template\"");
  }

  @Test
  void aFileThatCannotBeReadDoesNotKeepTheOthers() {
    String none = folder.resolve("none.json").toString();
    String empty = file("empty.json", "");
    String large = file("large.json", " ".repeat(DocumentFile.LONGEST + 1));
    String latin = Documents.file(folder, "l.json", new byte[] {'{', '\n', ' ', (byte) 0xe9, '}'});
    String wide = Documents.file(folder, "wide.json", Documents.GRAPH.getBytes(UTF_16));
    String marked = file("marked.json", "\ufeff" + Documents.GRAPH);
    String good = file("good.json", Documents.GRAPH);
    Ran ran =
        un("validate", none, folder.toString(), "a\0b", empty, large, latin, wide, marked, good);
    assertThat(ran.status()).isEqualTo(CommandTree.FAILED);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .startsWith(none + ": 1 error\n  no such file (")
        .contains(folder + ": 1 error\n  it is a directory (")
        .contains("a\\u0000b: 1 error\n  InvalidPathException ")
        .contains(empty + ": 1 error\n  it is empty (")
        .contains(large + ": 1 error\n  it is longer than 4194304 bytes (")
        .contains(latin + ": 1 error\n  line 2, column 2: what stands here is not UTF-8 (")
        .contains(wide + ": 1 error\n  line 1, column 1: what stands here is not UTF-8 (")
        .contains(marked + ": 1 error\n  line 1, column 1: it begins with a byte order mark (")
        .endsWith(good + ": ok\n");
  }

  @Test
  void textThatEndsInsideACharacterIsNotUtf8() {
    byte[] whole = "{\"forwarding-graph\":{\"name\":\"ü".getBytes(UTF_8);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertThat(un("validate", Documents.file(folder, "cut.json", cut)).out())
        .contains("line 1, column 30: what stands here is not UTF-8");
  }

  @Test
  void aDashIsStandardInput() {
    Ran good = Ran.un(Map.of(), Documents.GRAPH, false, "validate", "-");
    Ran wrong = Ran.un(Map.of(), Documents.WRONG_GRAPH, false, "validate", "-");
    assertThat(good).isEqualTo(new Ran(CommandTree.DONE, "-: ok\n", ""));
    assertThat(wrong.out()).startsWith("-: 2 errors\n");
  }

  @Test
  void theKindCanBeSaid() {
    String graph = file("graph.json", Documents.GRAPH);
    assertThat(un("validate", "--kind", "graph", graph).status()).isEqualTo(CommandTree.DONE);
    assertThat(un("validate", "--kind=template", graph).out()).contains("forwarding-graph");
    assertThat(un("validate", "--kind=template", graph).status()).isEqualTo(CommandTree.FAILED);
    Ran ran = un("validate", "--kind", "vnf", graph);
    String err = "un: --kind is graph or template, not vnf\n  next: see: un validate --help\n";
    assertThat(ran).isEqualTo(new Ran(CommandTree.USAGE, "", err));
  }

  @Test
  void withoutAFileTheUsageIsWrong() {
    assertThat(un("validate").status()).isEqualTo(CommandTree.USAGE);
    assertThat(un("validate", "").err()).startsWith("un: a parameter is empty");
  }

  @Test
  void jsonIsOneArrayInTheWordsOfTheNode() {
    String text = "{\"forwarding-graph\" {}}";
    String good = file("good.json", Documents.GRAPH);
    String broken = file("broken.json", text);
    Problem syntax = GraphReader.check(text).errors().getFirst();
    String out =
        """
        [
          {
            "file": "%s",
            "kind": "graph",
            "ok": true,
            "error-count": 0,
            "errors": [],
            "warnings": []
          },
          {
            "file": "%s",
            "kind": "graph",
            "ok": false,
            "error-count": 1,
            "errors": [
              {
                "code": "INVALID_DOCUMENT",
                "pointer": "/forwarding-graph",
                "line": 1,
                "column": %d,
                "detail": "%s",
                "next": "%s"
              }
            ],
            "warnings": []
          }
        ]
        """
            .formatted(good, broken, syntax.place().column(), syntax.detail(), syntax.nextStep());
    assertThat(un("validate", "--json", good, broken))
        .isEqualTo(new Ran(CommandTree.FAILED, out, ""));
  }

  @Test
  void jsonHasNoKindAndNoPlaceWhereThereIsNoText() {
    String none = folder.resolve("none").toString();
    String out =
        """
        [
          {
            "file": "%s",
            "kind": null,
            "ok": false,
            "error-count": 1,
            "errors": [
              {
                "code": "NOT_FOUND",
                "pointer": "",
                "detail": "no such file",
                "next": "give the path of a JSON file, or - for standard input"
              }
            ],
            "warnings": []
          }
        ]
        """
            .formatted(none);
    assertThat(un("validate", "--json", none)).isEqualTo(new Ran(CommandTree.FAILED, out, ""));
  }

  @Test
  void noNameAndNoDocumentCanSteerTheTerminal() {
    String file = file("a\u001b[31m\nb.json", "{\"forwarding-graph\":{\"\\u009b2J\\n\":1}}");
    Ran ran = un("validate", file);
    assertThat(ran.out().lines()).hasSize(2);
    assertThat(ran.out()).contains("a\\u001b[31m\\u000ab.json: 1 error\n");
    assertThat(ran.out().replace("\n", "").chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void colourIsForTerminals() {
    String good = file("good.json", Documents.GRAPH);
    String wrong = file("wrong.json", Documents.WRONG_GRAPH);
    String sparse = file("sparse.json", Documents.SPARSE_TEMPLATE);
    String[] command = {"validate", good, wrong, sparse};
    assertThat(Ran.un(Map.of(), "", true, command).out())
        .contains(good + ": \u001b[32mok\u001b[0m\n", ": \u001b[31m2 errors\u001b[0m\n")
        .contains("\u001b[33mwarning\u001b[0m: ");
    assertThat(Ran.un(Map.of("NO_COLOR", "1"), "", true, command).out()).doesNotContain("\u001b");
    assertThat(un(command).out()).doesNotContain("\u001b");
  }

  @Test
  void noPrefixOfADocumentIsAFault() {
    for (String whole : List.of(Documents.GRAPH, Documents.TEMPLATE.strip())) {
      for (int length = 1; length < whole.length(); length++) {
        Ran ran = Ran.un(Map.of(), whole.substring(0, length), false, "validate", "-");
        assertThat(ran.status()).as(whole.substring(0, length)).isEqualTo(CommandTree.FAILED);
        assertThat(ran.out()).startsWith("-: 1 error\n").contains("line ");
      }
    }
  }

  private Ran un(String... arguments) {
    return Ran.un(Map.of(), "", false, arguments);
  }

  private String file(String name, String content) {
    return Documents.file(folder, name, content);
  }
}
