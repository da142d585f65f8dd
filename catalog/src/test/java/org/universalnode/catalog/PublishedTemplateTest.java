package org.universalnode.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.json.Checked;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;

/** Every template that others published is read, and nothing of it gets lost. */
class PublishedTemplateTest {
  static final List<String> NAMES = PublishedTemplates.NAMES;
  private static final Path FOLDER = Path.of("/srv/functions/f");
  private static final Map<String, String> RENAMED =
      Map.of("uri", "uri-image", "uri-type", "uri-image-type");
  private static final Set<String> NUMBERS =
      Set.of(
          "memory-size",
          "root-file-system-size",
          "ephemeral-file-system-size",
          "swap-disk-size",
          "coreNumbers");

  @ParameterizedTest
  @CsvFileSource(
      resources = "/org/universalnode/catalog/published-templates.txt",
      delimiter = '=',
      numLinesToSkip = 1)
  void everyPublishedTemplateSaysWhatItsAuthorWrote(String name, String meaning) {
    FunctionTemplate template = read(name);
    assertThat(
            String.join(
                " | ",
                template.name(),
                template.functionalCapability(),
                template.type().toString(),
                template.image().type() + " " + template.image().written(),
                needs(template.resources()),
                ports(template)))
        .isEqualTo(meaning);
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void nothingIsLostOrInvented(String name) {
    JsonObject expected = renamed(PublishedTemplates.tree(name)).getAsJsonObject();
    if (name.startsWith("paper")) {
      expected.addProperty("functional-capability", "firewall");
      expected.addProperty("uri-image-type", "remote-file");
    }
    assertThat(JsonText.canonical(TemplateWriter.tree(read(name))))
        .isEqualTo(JsonText.canonical(expected));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void whatIsWrittenReadsAsTheSame(String name) {
    FunctionTemplate template = read(name);
    String written = TemplateWriter.write(template);
    assertThat(written).doesNotContain("\n");
    assertThat(JsonText.parse(written, JsonLimits.DOCUMENT))
        .isEqualTo(TemplateWriter.tree(template));
    FunctionTemplate again = TemplateReader.read(written, FOLDER);
    assertThat(again).isEqualTo(template);
    assertThat(TemplateWriter.write(again)).isEqualTo(written);
  }

  @Test
  void thePapersFigureIsCompletedByWhatItMeans() {
    Checked<FunctionTemplate> checked =
        TemplateReader.check(PublishedTemplates.text("paper-figure-3.json"), FOLDER);
    FunctionTemplate firewall = checked.orThrow();
    assertThat(firewall.functionalCapability()).isEqualTo("firewall");
    assertThat(firewall.resources().memoryMegabytes()).isEmpty();
    assertThat(firewall.resources().processors()).isEmpty();
    assertThat(firewall.multitenancy()).isTrue();
    assertThat(firewall.dependencies())
        .containsExactly(new Dependency("iptables", Dependency.Type.PACKAGE));
    assertThat(firewall.checkPorts(Stream.of("lan:0", "x:7").map(PortLabel::parse).toList()))
        .isEmpty();
    assertThat(checked.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "line 1, column 1: the published key \"memory-size\" is missing"
                + " (say how much memory the function may use, in megabytes)",
            "line 1, column 1: the published key \"ports\" is missing"
                + " (say which ports the function has, else any will do)");
  }

  @Test
  void theDatastoresEnvelopeIsNoTemplate() {
    String envelope =
        "{\"template\":"
            + PublishedTemplates.text("switch.json")
            + ",\"id\":\"1\",\"image-upload-status\":\"not_required\"}";
    assertThat(TemplateReader.check(envelope, FOLDER).errors())
        .extracting(Problem::pointer)
        .contains("/template", "/id", "/image-upload-status");
  }

  private static FunctionTemplate read(String name) {
    return TemplateReader.read(PublishedTemplates.text(name), FOLDER);
  }

  /** Memory, the three disks, platform and cores. */
  private static String needs(Resources resources) {
    String sizes =
        Stream.of(
                resources.memoryMegabytes(),
                resources.disks().root(),
                resources.disks().ephemeral(),
                resources.disks().swap())
            .map(PublishedTemplateTest::number)
            .collect(Collectors.joining(" "));
    return sizes + resources.processors().map(p -> " " + p.platform() + p.cores()).orElse("");
  }

  private static String number(OptionalInt value) {
    return value.isPresent() ? String.valueOf(value.getAsInt()) : "?";
  }

  private static String ports(FunctionTemplate template) {
    return template.ports().stream()
        .map(PublishedTemplateTest::port)
        .collect(Collectors.joining("; ", "[", "]"));
  }

  private static String port(PortRange range) {
    String said =
        Stream.of(range.ipv4(), range.ipv6(), range.technology())
            .flatMap(value -> value.stream())
            .map(Object::toString)
            .collect(Collectors.joining(" "));
    return String.join(
        " ", range.label(), range.position(), "from " + range.min(), range.name(), said);
  }

  /** The document with the published keys and types; all else as it stands. */
  private static JsonElement renamed(JsonElement element) {
    if (element instanceof JsonObject object) {
      JsonObject copy = new JsonObject();
      object
          .asMap()
          .forEach((key, value) -> copy.add(RENAMED.getOrDefault(key, key), plain(key, value)));
      return copy;
    }
    if (element.isJsonArray()) {
      element.getAsJsonArray().asList().replaceAll(PublishedTemplateTest::renamed);
    }
    return element;
  }

  private static JsonElement plain(String key, JsonElement value) {
    if (NUMBERS.contains(key)) {
      return new JsonPrimitive(value.getAsInt());
    }
    return key.equals("expandable") ? new JsonPrimitive(value.getAsBoolean()) : renamed(value);
  }
}
