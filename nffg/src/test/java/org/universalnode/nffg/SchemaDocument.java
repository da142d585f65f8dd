package org.universalnode.nffg;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.universalnode.nffg.json.Checked;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;

/** The published JSON Schema of service graphs, and how it and the reader judge a document. */
final class SchemaDocument {
  static final Path DOCS = Path.of("..", "docs");

  /** How the problems begin that only the reader can see. */
  static final List<String> BEYOND_A_SCHEMA =
      List.of(
          "another (function|port of this function|end-point|rule|setting of the node) has this id",
          "it leads to another port already",
          "the variable is set already",
          "(rule .*|the rule) (sends to|takes from) .* which the graph does not declare",
          "rule .* has the match and the priority of rule",
          "it needs (ether_type|protocol|icmpv6_type) ",
          "frames without a tag have no priority",
          "pop_vlan is done to frames that may have no tag",
          "set_\\w+ is done to frames ",
          "the protocol of this match is not SCTP",
          "the mask \"[0-9a-fA-F.]*:[0-9a-fA-F:.]*\" is not contiguous",
          "this must be a whole number, and it is the number \\d+(\\.0+|[eE]\\d+)");

  private static final Pattern BEYOND =
      Pattern.compile(BEYOND_A_SCHEMA.stream().collect(Collectors.joining("|", "(", ").*")));
  private static final Path SAMPLES = Path.of("src/test/resources/org/universalnode/nffg");

  private final JsonObject tree = parse(text(DOCS.resolve("nf-fg.schema.json"))).getAsJsonObject();
  private final Validator validator =
      new ValidatorFactory().withJsonNodeFactory(new GsonNode.Factory()).createValidator();
  private final URI id = validator.registerSchema(tree);

  /**
   * What both say of one document.
   *
   * @param schema the places with something wrong, as JSON pointers, each with what is wrong
   */
  record Verdict(Checked<ServiceGraph> reader, Map<String, String> schema) {
    boolean acceptedByReader() {
      return reader.value().isPresent();
    }

    boolean acceptedBySchema() {
      return schema.isEmpty();
    }

    /** Whether the reader sees nothing wrong that a schema could see. */
    boolean acceptedButForWhatASchemaCannotSay() {
      return refusals().isEmpty();
    }

    /** What the reader says and the schema does not; both may tell of the object around it. */
    List<Problem> untold() {
      return refusals().stream()
          .filter(problem -> schema.keySet().stream().noneMatch(at -> near(at, problem.pointer())))
          .toList();
    }

    private List<Problem> refusals() {
      return reader.errors().stream()
          .filter(problem -> !BEYOND.matcher(problem.detail()).matches())
          .toList();
    }

    private static boolean near(String place, String pointer) {
      return place.equals(pointer)
          || place.startsWith(pointer + "/")
          || place.equals(pointer.replaceFirst("/[^/]*$", ""));
    }

    @Override
    public String toString() {
      return "reader: " + reader.errors() + "\nschema: " + schema;
    }
  }

  Verdict judge(JsonElement document) {
    return new Verdict(GraphReader.check(JsonText.compact(document)), problems(document));
  }

  /** What is wrong at which place; empty if the schema accepts the document. */
  Map<String, String> problems(JsonElement document) {
    Map<String, String> problems = new TreeMap<>();
    Validator.Result result = validator.validate(id, document);
    if (!result.isValid()) {
      result
          .getErrors()
          .forEach(error -> problems.put(error.getInstanceLocation(), error.getError()));
    }
    return problems;
  }

  /** The part of the schema at that place below {@code $defs}, such as {@code graph/properties}. */
  JsonObject definition(String path) {
    JsonObject part = tree.getAsJsonObject("$defs");
    for (String key : path.split("/", -1)) {
      part = part.getAsJsonObject(key);
    }
    return part;
  }

  JsonObject tree() {
    return tree;
  }

  /** All whole documents that people have published, we included. */
  static List<Path> documents() {
    return Stream.of(SAMPLES, SAMPLES.resolve("published"), DOCS.resolve("examples"))
        .flatMap(folder -> list(folder).stream())
        .filter(file -> file.toString().endsWith(".json"))
        .sorted()
        .toList();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonElement parse(String text) {
    return JsonText.parse(text, GraphReader.LIMITS);
  }
}
