package org.universalnode.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.catalog.Resources.Disks;
import org.universalnode.catalog.Resources.Processors;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.json.Checked;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class TemplateReaderTest {
  private static final Path FOLDER = Path.of("/srv/functions/firewall");
  private static final Disks NO_DISKS =
      new Disks(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

  @Test
  void aTemplateOfThePublishedSchemaIsRead() {
    FunctionTemplate template = read(TemplateText.firewall());

    assertThat(template)
        .isEqualTo(
            new FunctionTemplate(
                "firewall",
                FunctionVersion.NONE,
                "firewall",
                "",
                ImplementationType.NATIVE,
                new ImageAddress(
                    ImageType.LOCAL_FILE,
                    "firewall.tgz",
                    URI.create("file:///srv/functions/firewall/firewall.tgz")),
                new Resources(
                    OptionalInt.of(64), NO_DISKS, Optional.of(new Processors("x86", List.of(1)))),
                List.of(port("lan", "0-0", Addressing.NONE), port("wan", "1-3", Addressing.DHCP)),
                false,
                List.of(),
                Running.ANYHOW,
                "{\"expandable\":false}"));
  }

  @Test
  void ourKeysSayHowInstancesAreRun() {
    String text = TemplateText.firewall();
    String ours =
        """
        {"isolation":"jail","multitenancy":true,"single-instance":true,"processes":20,
         "cpu-percent":50,"hotplug":true,\
        """;
    FunctionTemplate template = read(ours + text.strip().substring(1));
    assertThat(template.running())
        .isEqualTo(
            new Running(
                Optional.of(Isolation.JAIL), true, OptionalInt.of(20), OptionalInt.of(50), true));
    assertThat(read(TemplateWriter.write(template))).isEqualTo(template);
  }

  @Test
  void everyOptionalKeyOfThePublishedSchemaIsKept() {
    String text =
        """
        {"name":"switch","functional-capability":"l2-switch","vnf-type":"virtual-machine-kvm",
         "uri-image-type":"remote-file","uri-image":"http://localhost:8081/v2/nf_image/1",
         "uri-yang":"http://localhost:8081/yang/switch/",
         "ports":[{"position":"1-N","label":"L2Port","min":"1","ipv4-config":"none",
                   "ipv6-config":"static","name":"eth","technology":"vhost"}],
         "expandable":true,"memory-size":2048,"root-file-system-size":40,
         "ephemeral-file-system-size":1,"swap-disk-size":2,
         "CPUrequirements":{"platformType":"x86","socket":[{"coreNumbers":1},{"coreNumbers":8}]}}
        """;
    FunctionTemplate template = read(text);
    assertThat(template.type()).isEqualTo(ImplementationType.VIRTUAL_MACHINE_KVM);
    assertThat(template.image().resolved())
        .isEqualTo(URI.create("http://localhost:8081/v2/nf_image/1"));
    assertThat(template.ports())
        .containsExactly(
            new PortRange(
                "L2Port",
                Positions.parse("1-N"),
                1,
                "eth",
                Optional.of(Addressing.NONE),
                Optional.of(Addressing.STATIC),
                Optional.of(PortTechnology.VHOST)));
    assertThat(template.resources())
        .isEqualTo(
            new Resources(
                OptionalInt.of(2048),
                new Disks(OptionalInt.of(40), OptionalInt.of(1), OptionalInt.of(2)),
                Optional.of(new Processors("x86", List.of(1, 8)))));
    assertThat(template.extras())
        .isEqualTo("{\"expandable\":true,\"uri-yang\":\"http://localhost:8081/yang/switch/\"}");
  }

  @Test
  void whatIsExpectedOfAnInstanceIsReadAndWritten() {
    String expected =
        """
        {"memory-mb": 12, "hugepages-mb": 64, "start-ms": 40, "cpu-percent": 7, "image-mb": 0}
        """;
    FunctionTemplate template = read(TemplateText.with("expected", expected));
    assertThat(template.resources().expected())
        .isEqualTo(
            new Expected(
                OptionalInt.of(12),
                OptionalInt.of(64),
                OptionalInt.of(40),
                OptionalInt.of(7),
                OptionalInt.of(0)));
    assertThat(read(TemplateWriter.write(template))).isEqualTo(template);
    assertThat(read(TemplateText.firewall()).resources().expected()).isEqualTo(Expected.UNSAID);
    assertThatThrownBy(() -> read(TemplateText.with("expected", "{\"memory\": 1}")))
        .hasMessageContaining("memory");
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
            new Dependency("iptables", Dependency.Type.PACKAGE),
            new Dependency("nft", Dependency.Type.EXECUTABLE));
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
    assertThat(read(text).image().resolved()).isEqualTo(URI.create(image));
  }

  @Test
  void twoSpellingsOfOneKeyAreRefused() {
    assertProblem(TemplateText.with("uri", "\"other.tgz\""), "/uri", "both name the image");
    assertProblem(
        TemplateText.with("uri-type", "\"local-file\""), "/uri-type", "both say how to get");
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
    assertThat(read(text).image().resolved()).isEqualTo(URI.create(image));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:5000/netgroup/nat:1.2", "firewall_config"})
  void aDockerReferenceIsKeptAsItIs(String reference) {
    String text =
        TemplateText.with("uri-image", '"' + reference + '"')
            .replace("local-file", "docker-registry");
    assertThat(read(text).image().resolved()).isEqualTo(URI.create("docker:" + reference));
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
    "local-file, '', is empty"
  })
  void addressesThatContradictTheirTypeAreRefused(String type, String uri, String detail) {
    String text =
        TemplateText.with("uri-image", '"' + uri + '"').replace("\"local-file\"", '"' + type + '"');
    assertProblem(text, "/uri-image", detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vnf-type", "uri-image-type", "uri-image"})
  void requiredKeysAreRequired(String key) {
    List<Problem> problems = problems(TemplateText.without(key));
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().detail()).contains('"' + key + "\" is missing");
  }

  @Test
  void aTemplateWithoutCapabilityHasThatOfItsName() {
    String text = TemplateText.without("functional-capability");
    assertThat(read(text).functionalCapability()).isEqualTo("firewall");
    assertThat(problems("{}"))
        .extracting(Problem::detail)
        .contains("the key \"functional-capability\" is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory-size", "ports"})
  void silenceAboutTheSchemasKeysIsAWarning(String key) {
    Checked<FunctionTemplate> checked = TemplateReader.check(TemplateText.without(key), FOLDER);
    assertThat(checked.value()).isPresent();
    assertThat(checked.warnings()).hasSize(1);
    assertThat(checked.warnings().getFirst().detail()).contains('"' + key + "\" is missing");
  }

  @Test
  void processorsNeedNotBeSaid() {
    Checked<FunctionTemplate> checked =
        TemplateReader.check(TemplateText.without("CPUrequirements"), FOLDER);
    assertThat(checked.orThrow().resources().processors()).isEmpty();
    assertThat(checked.warnings()).isEmpty();
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
    String text = TemplateText.with("vnf-type", "\"jail\"");
    assertProblem(text, "/vnf-type", "no implementation is of the type \"jail\"");
    assertThat(problems(text).getFirst().nextStep()).contains("native, docker, dpdk");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name | 7 | /name",
        "name | '\"\"' | /name",
        "name | '\"a\\nb\"' | /name",
        "memory-size | '\"64 MB\"' | /memory-size",
        "memory-size | '\"0\"' | /memory-size",
        "memory-size | 0 | /memory-size",
        "memory-size | 1e3 | /memory-size",
        "memory-size | 99999999999 | /memory-size",
        "expandable | '\"no\"' | /expandable",
        "multitenancy | 1 | /multitenancy",
        "swap-disk-size | -1 | /swap-disk-size",
        "dependencies | [] | /dependencies",
        "dependencies | '{\"package\":[]}' | /dependencies/package",
        "dependencies | '{\"capability\":[{\"name\":\"nft\"}]}' | /dependencies/capability/0",
        "CPUrequirements | '{\"socket\":[{\"coreNumbers\":0}]}'"
            + " | /CPUrequirements/socket/0/coreNumbers",
        "CPUrequirements | '{\"socket\":[]}' | /CPUrequirements/socket",
        "CPUrequirements | '{}' | /CPUrequirements",
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
    assertThat(problems("{\"name\": \"a\", \"name\": \"b\"}").getFirst().detail())
        .isEqualTo("the key \"name\" stands here twice");
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

  private static PortRange port(String label, String position, Addressing ipv4) {
    return new PortRange(
        label,
        Positions.parse(position),
        1,
        "eth",
        Optional.of(ipv4),
        Optional.empty(),
        Optional.empty());
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
