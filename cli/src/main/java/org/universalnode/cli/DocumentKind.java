package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.universalnode.catalog.TemplateReader;
import org.universalnode.catalog.TemplateWriter;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.GraphWriter;
import org.universalnode.nffg.json.Checked;
import picocli.CommandLine.Model.OptionSpec;

/** The kinds of document that can be checked without a node. */
enum DocumentKind {
  GRAPH("forwarding-graph"),
  TEMPLATE("vnf-type");

  private static final String OPTION = "--kind";

  /** Other keys that are common in a kind. */
  private static final List<String> GRAPH_MARKS =
      List.of("VNFs", "end-points", "big-switch", "flow-rules");

  private static final List<String> TEMPLATE_MARKS =
      List.of("functional-capability", "uri", "uri-image", "memory-size", "CPUrequirements");

  /** The key that only this kind has. */
  private final String key;

  DocumentKind(String key) {
    this.key = key;
  }

  static OptionSpec option() {
    return OptionSpec.builder(OPTION)
        .type(String.class)
        .paramLabel("KIND")
        .description("What the files hold: graph or template; without it each file's keys tell.")
        .build();
  }

  /** The kind that the command line asks for; empty if each document shall tell. */
  static Optional<DocumentKind> asked(Invocation call) {
    String word = call.option(OPTION, "");
    for (DocumentKind kind : values()) {
      if (kind.word().equals(word)) {
        return Optional.of(kind);
      }
    }
    if (word.isEmpty()) {
      return Optional.empty();
    }
    throw call.refused(OPTION + " is graph or template, not " + word);
  }

  /**
   * What the text is meant to be. It need not be JSON: a broken document is told by its keys as
   * well. A graph may carry any key in a function's configuration, so its own is looked for first.
   */
  static DocumentKind of(String text) {
    if (hasKey(text, GRAPH.key)) {
      return GRAPH;
    }
    if (hasKey(text, TEMPLATE.key)) {
      return TEMPLATE;
    }
    return count(text, TEMPLATE_MARKS) > count(text, GRAPH_MARKS) ? TEMPLATE : GRAPH;
  }

  /** How it is called on the command line and in JSON. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a document of this kind.
   *
   * @param folder where relative names in the document start
   * @return the value gives the document's canonical form
   */
  Checked<Supplier<JsonObject>> check(String text, Path folder) {
    return switch (this) {
      case GRAPH -> writable(GraphReader.check(text), GraphWriter::tree);
      case TEMPLATE -> writable(TemplateReader.check(text, folder), TemplateWriter::tree);
    };
  }

  private static <T> Checked<Supplier<JsonObject>> writable(
      Checked<T> read, Function<T, JsonObject> write) {
    return new Checked<>(
        read.value().map(value -> () -> write.apply(value)),
        read.errors(),
        read.errorCount(),
        read.warnings());
  }

  private static int count(String text, List<String> marks) {
    int found = 0;
    for (String mark : marks) {
      found += hasKey(text, mark) ? 1 : 0;
    }
    return found;
  }

  private static boolean hasKey(String text, String key) {
    String quoted = '"' + key + '"';
    for (int at = text.indexOf(quoted); at >= 0; at = text.indexOf(quoted, at + 1)) {
      int next = at + quoted.length();
      while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
        next++;
      }
      if (next < text.length() && text.charAt(next) == ':') {
        return true;
      }
    }
    return false;
  }
}
