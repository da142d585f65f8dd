package org.universalnode.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class TemplateReaderTest {
  private static final Path FOLDER = Path.of("/srv/functions/firewall");

  @Test
  void aTemplateOfThePublishedSchemaIsRead() {
    FunctionTemplate template = read(TemplateText.firewall());

    assertThat(template)
        .isEqualTo(
            new FunctionTemplate(
                "firewall",
                "firewall",
                ImplementationType.NATIVE,
                URI.create("file:///srv/functions/firewall/firewall.tgz"),
                64,
                List.of(
                    new PortRange("lan", 0, OptionalInt.of(0), 1, "eth"),
                    new PortRange("wan", 1, OptionalInt.of(3), 1, "eth")),
                ""));
  }

  @Test
  void everyOptionalKeyOfThePublishedSchemaIsAccepted() {
    String text =
        """
        {"name":"switch","functional-capability":"l2-switch","vnf-type":"virtual-machine-kvm",
         "uri-image-type":"remote-file","uri-image":"http://localhost:8081/v2/nf_image/1",
         "uri-yang":"http://localhost:8081/yang/switch/",
         "ports":[{"position":"1-N","label":"L2Port","min":"1","ipv4-config":"none",
                   "ipv6-config":"static","name":"eth","technology":"vhost"}],
         "expandable":false,"memory-size":2048,"root-file-system-size":40,
         "ephemeral-file-system-size":0,"swap-disk-size":0,
         "CPUrequirements":{"platformType":"x86","socket":[{"coreNumbers":1}]}}
        """;
    FunctionTemplate template = read(text);
    assertThat(template.type()).isEqualTo(ImplementationType.VIRTUAL_MACHINE_KVM);
    assertThat(template.image()).isEqualTo(URI.create("http://localhost:8081/v2/nf_image/1"));
    assertThat(template.ports())
        .containsExactly(new PortRange("L2Port", 1, OptionalInt.empty(), 1, "eth"));
  }

  @Test
  void theKeysOfThePaperAreKept() {
    String dependencies =
        """
        {"capability": [{"name": "iptables", "type": "package"},
                        {"name": "nft", "type": "executable"}]}
        """;
    assertThat(read(TemplateText.with("dependencies", dependencies)).dependencies())
        .containsExactly(
            new Dependency("iptables", "package"), new Dependency("nft", "executable"));
    assertThat(read(TemplateText.with("multitenancy", "true")).multitenancy()).isTrue();
    assertThat(read(TemplateText.firewall()).multitenancy()).isFalse();
    assertThat(read(TemplateText.with("description", "\"drops\"")).description())
        .isEqualTo("drops");
  }

  @ParameterizedTest
  @CsvSource({
    "http://repo/native/firewall.tgz, http://repo/native/firewall.tgz",
    "https://image_repository:9292/v2/1, https://image_repository:9292/v2/1",
    "firewall.tgz, file:///srv/functions/firewall/firewall.tgz",
    "/home/nf/router.tar.gz, file:///home/nf/router.tar.gz"
  })
  void thePapersUriNeedsNoType(String uri, String image) {
    String text =
        TemplateText.firewall()
            .replaceFirst("\"uri-image-type\": \"local-file\",", "")
            .replaceFirst("\"uri-image\": \"firewall.tgz\"", "\"uri\": \"" + uri + "\"");
    assertThat(read(text).image()).isEqualTo(URI.create(image));
  }

  @Test
  void uriAndUriImageTogetherAreRefused() {
    assertProblem(TemplateText.with("uri", "\"other.tgz\""), "/uri", "both name the image");
  }

  @ParameterizedTest
  @CsvSource({
    "my file.tgz, file:///srv/functions/firewall/my%20file.tgz",
    "images/f.tgz, file:///srv/functions/firewall/images/f.tgz",
    "../shared/f.tgz, file:///srv/functions/shared/f.tgz",
    "file:f.tgz, file:///srv/functions/firewall/f.tgz",
    "file:///srv/f.tgz, file:///srv/f.tgz",
    "FILE:/srv/f.tgz, file:///srv/f.tgz"
  })
  void localFilesAreResolvedAgainstTheFolderOfTheTemplate(String written, String image) {
    String text = TemplateText.with("uri-image", '"' + written + '"');
    assertThat(read(text).image()).isEqualTo(URI.create(image));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:5000/netgroup/nat:1.2", "firewall_config"})
  void aDockerReferenceIsKeptAsItIs(String reference) {
    String text =
        TemplateText.with("uri-image", '"' + reference + '"')
            .replace("local-file", "docker-registry");
    assertThat(read(text).image()).isEqualTo(URI.create("docker:" + reference));
  }

  @ParameterizedTest
  @CsvSource({
    "local-file, http://h/f.tgz, is no local file",
    "local-file, file://host/f.tgz, is no address",
    "local-file, f\\u0000, is no address",
    "remote-file, f.tgz, is no remote file",
    "remote-file, file:///f.tgz, is no remote file",
    "remote-file, http:///f.tgz, is no remote file",
    "remote-file, http://h/a b, is no address",
    "local-file, '', has 0 characters"
  })
  void addressesThatContradictTheirTypeAreRefused(String type, String uri, String detail) {
    String text =
        TemplateText.with("uri-image", '"' + uri + '"').replace("\"local-file\"", '"' + type + '"');
    assertProblem(text, "/uri-image", detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "functional-capability",
        "vnf-type",
        "uri-image-type",
        "uri-image",
        "memory-size",
        "CPUrequirements",
        "ports"
      })
  void requiredKeysAreRequired(String key) {
    List<Problem> problems = problems(TemplateText.without(key));
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().detail()).contains('"' + key + "\" is missing");
  }

  @Test
  void aTemplateWithoutNameBearsItsCapability() {
    String text = TemplateText.without("name");
    assertThat(read(text).name()).isEqualTo("firewall");
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestKnownOne() {
    Problem problem = problems(TemplateText.with("memory-sise", "64")).getFirst();
    assertThat(problem.pointer()).isEqualTo("/memory-sise");
    assertThat(problem.nextStep()).contains("memory-size");
  }

  @Test
  void anUnknownImplementationIsRefused() {
    String text = TemplateText.with("vnf-type", "\"iomodule\"");
    assertProblem(text, "/vnf-type", "no implementation is of the type \"iomodule\"");
    assertThat(problems(text).getFirst().nextStep()).contains("native, docker, dpdk");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name | 7 | /name",
        "name | '\"\"' | /name",
        "name | '\"a\\nb\"' | /name",
        "memory-size | '\"64\"' | /memory-size",
        "memory-size | 0 | /memory-size",
        "memory-size | 1e3 | /memory-size",
        "memory-size | 99999999999 | /memory-size",
        "expandable | '\"false\"' | /expandable",
        "multitenancy | 1 | /multitenancy",
        "swap-disk-size | -1 | /swap-disk-size",
        "dependencies | [] | /dependencies",
        "dependencies | '{\"package\":[]}' | /dependencies/package",
        "dependencies | '{\"capability\":[{\"name\":\"nft\"}]}' | /dependencies/capability/0",
        "CPUrequirements | '{\"socket\":[{\"coreNumbers\":0}]}'"
            + " | /CPUrequirements/socket/0/coreNumbers",
        "ports | [] | /ports",
        "ports | [7] | /ports/0"
      })
  void wrongValuesAreRefusedAtTheirPlace(String key, String value, String pointer) {
    assertThat(problems(TemplateText.with(key, value)))
        .extracting(Problem::pointer)
        .contains(pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "position | '\"a\"' | /ports/0/position",
        "position | '\"1-\"' | /ports/0/position",
        "position | '\"01\"' | /ports/0/position",
        "position | '\"3-2\"' | /ports/0/position",
        "position | '\"0-65536\"' | /ports/0/position",
        "label | '\"a:b\"' | /ports/0/label",
        "label | '\"\"' | /ports/0/label",
        "min | '\"some\"' | /ports/0/min",
        "min | '2' | /ports/0/min",
        "min | 'true' | /ports/0/min",
        "technology | '\"veth\"' | /ports/0/technology",
        "ipv4-config | '\"auto\"' | /ports/0/ipv4-config",
        "mac | '\"02:00:00:00:00:01\"' | /ports/0/mac"
      })
  void wrongPortsAreRefusedAtTheirPlace(String key, String value, String pointer) {
    assertThat(problems(TemplateText.withFirstPort(key, value)))
        .extracting(Problem::pointer)
        .containsExactly(pointer);
  }

  @Test
  void rangesThatOverlapOrShareALabelAreRefused() {
    assertProblem(
        TemplateText.withFirstPort("position", "\"0-N\""),
        "/ports/1/position",
        "1-3 overlaps 0-N of \"lan\"");
    assertProblem(
        TemplateText.withFirstPort("label", "\"wan\""),
        "/ports/1/label",
        "a second range is labelled \"wan\"");
  }

  @Test
  void aCountOfPortsMayBeANumberToo() {
    assertThat(read(TemplateText.withFirstPort("min", "0")).ports().getFirst().min()).isZero();
  }

  @Test
  void allProblemsAreToldAtOnce() {
    String text = TemplateText.withFirstPort("min", "\"x\"").replace("native", "jail");
    assertThat(problems(text))
        .extracting(Problem::pointer)
        .containsExactly("/vnf-type", "/ports/0/min");
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThat(problems("{\"name\": \"a\", \"name\": \"b\"}")).hasSize(1);
    assertThat(problems("")).hasSize(1);
    assertThat(problems("[]").getFirst().detail()).contains("must be an object");
  }

  @Test
  void aTemplateCutAnywhereIsRefused() {
    String whole = TemplateText.firewall().strip();
    for (int length = 0; length < whole.length(); length++) {
      assertThat(problems(whole.substring(0, length))).isNotEmpty();
    }
  }

  private static void assertProblem(String text, String pointer, String detail) {
    List<Problem> problems = problems(text);
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().code()).isEqualTo(Code.INVALID_DOCUMENT);
    assertThat(problems.getFirst().pointer()).isEqualTo(pointer);
    assertThat(problems.getFirst().detail()).contains(detail);
  }

  private static List<Problem> problems(String text) {
    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> read(text));
    assertThat(refused).as("refusal of " + text).isNotNull();
    return refused.problems();
  }

  private static FunctionTemplate read(String text) {
    return TemplateReader.read(text, FOLDER);
  }
}
