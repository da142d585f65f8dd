package org.universalnode.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.Result;

class CatalogTest {
  private static final Set<ImplementationType> NATIVE = Set.of(ImplementationType.NATIVE);
  private static final Set<ImplementationType> ALL = Set.of(ImplementationType.values());

  private static final List<Problem> NO_TOOL =
      List.of(Problem.of(Code.UNSUPPORTED, "no tool").next("get a tool"));

  private final Catalog catalog =
      Catalog.of(
          List.of(
              template("nat", "nat", "native"),
              template("firewall-vm", "Firewall", "virtual-machine-kvm"),
              template("firewall", "packet-filter", "native"),
              template("a-firewall", "firewall", "docker"),
              template("b-firewall", "firewall", "native"),
              template("ids", "inspection", "dpdk")));

  @Test
  void templatesAreInTheOrderOfTheirNames() {
    assertThat(catalog.all())
        .extracting(FunctionTemplate::name)
        .containsExactly("a-firewall", "b-firewall", "firewall", "firewall-vm", "ids", "nat");
  }

  @Test
  void capabilitiesAreFoundInAnyCase() {
    assertThat(catalog.withCapability("FIREWALL"))
        .extracting(FunctionTemplate::name)
        .containsExactly("a-firewall", "b-firewall", "firewall-vm");
    assertThat(catalog.withCapability("router")).isEmpty();
  }

  @Test
  void theTemplateDecidesFirst() {
    assertThat(found(function("nat", "nat", "firewall-vm"), ALL)).isEqualTo("firewall-vm");
  }

  @Test
  void theCapabilityDecidesNext() {
    assertThat(found(function("nat", "firewall", ""), ALL)).isEqualTo("a-firewall");
    assertThat(found(function("nat", "firewall", ""), NATIVE)).isEqualTo("b-firewall");
  }

  @Test
  void theNameDecidesLastAndATemplateOfThatNameComesFirst() {
    assertThat(found(function("firewall", "", ""), ALL)).isEqualTo("firewall");
    assertThat(found(function("Packet-Filter", "", ""), ALL)).isEqualTo("firewall");
    assertThat(found(function("firewall", "", ""), Set.of(ImplementationType.DOCKER)))
        .isEqualTo("a-firewall");
  }

  @Test
  void whatIsNotThereIsNamedWithWhatIs() {
    Problem problem = problem(function("x", "router", ""), NATIVE);
    assertThat(problem.code()).isEqualTo(Code.UNKNOWN_REFERENCE);
    assertThat(problem.pointer()).isEmpty();
    assertThat(problem.detail())
        .isEqualTo("there is no template with the functional capability \"router\"");
    assertThat(problem.nextStep())
        .isEqualTo("this node has Firewall, firewall, inspection, nat, packet-filter");
  }

  @Test
  void templateNamesAreListedWhereATemplateIsWanted() {
    Problem problem = problem(function("", "nat", "NAT"), NATIVE);
    assertThat(problem.detail()).isEqualTo("there is no template named \"NAT\"");
    assertThat(problem.nextStep()).startsWith("this node has a-firewall, b-firewall");
  }

  @Test
  void aLongListIsCut() {
    List<FunctionTemplate> many =
        IntStream.range(0, 30).mapToObj(i -> template("f" + i, "f", "native")).toList();
    Problem problem =
        problem(Catalog.of(many).implementations(function("x", "", ""), lacking(NATIVE)));
    assertThat(problem.nextStep()).endsWith(" and 10 more");
  }

  @Test
  void anEmptyCatalogSaysSo() {
    Problem problem =
        problem(Catalog.of(List.of()).implementations(function("nat", "", ""), lacking(NATIVE)));
    assertThat(problem.nextStep()).contains("this node has no templates");
  }

  @Test
  void unsupportedImplementationsAreRefusedOneByOne() {
    Problem problem = problem(function("x", "firewall", ""), Set.of(ImplementationType.DPDK));
    assertThat(problem.code()).isEqualTo(Code.UNSUPPORTED);
    assertThat(problem.detail())
        .isEqualTo(
            "this node can't run any template with the functional capability \"firewall\": "
                + "a-firewall: no docker; b-firewall: no native, no tool; "
                + "firewall-vm: no virtual-machine-kvm");
    assertThat(problem.nextStep())
        .isEqualTo("get docker; or get native; or get a tool; or get virtual-machine-kvm");
  }

  @Test
  void aPublishedTypeThatNoNodeRunsIsReadAndRefusedOnlyWhenItIsWanted() {
    String text = PublishedTemplates.text("iomodule_router_template.json");
    Catalog read = Catalog.of(List.of(TemplateReader.read(text, Path.of("/srv"))));
    Problem problem = problem(read.implementations(function("router", "", ""), lacking(NATIVE)));
    assertThat(problem.code()).isEqualTo(Code.UNSUPPORTED);
    assertThat(problem.detail()).endsWith("router: no iomodule");
    assertThat(problem.nextStep()).isEqualTo("get iomodule");
  }

  private String found(NetworkFunction function, Set<ImplementationType> supported) {
    return catalog.implementations(function, lacking(supported)).orThrow().good().getFirst().name();
  }

  @Test
  void whatIsNotRunnableMakesRoomForTheNext() {
    assertThat(
            catalog
                .implementations(
                    function("x", "firewall", ""),
                    template -> template.name().equals("b-firewall") ? List.of() : NO_TOOL)
                .orThrow()
                .good())
        .extracting(FunctionTemplate::name)
        .containsExactly("b-firewall");
  }

  @Test
  void allThatCanBeRunIsNamedWithWhatCanNot() {
    Implementations all =
        catalog.implementations(function("x", "firewall", ""), lacking(NATIVE)).orThrow();
    assertThat(all.good()).extracting(FunctionTemplate::name).containsExactly("b-firewall");
    assertThat(all.refused())
        .extracting(refused -> refused.template().name())
        .containsExactly("a-firewall", "firewall-vm");
    Implementations any =
        catalog.implementations(function("x", "firewall", ""), lacking(ALL)).orThrow();
    assertThat(any.good())
        .extracting(FunctionTemplate::name)
        .containsExactly("a-firewall", "b-firewall", "firewall-vm");
  }

  /** All types but those are missing, and a tool for native ones. */
  private static Function<FunctionTemplate, List<Problem>> lacking(
      Set<ImplementationType> supported) {
    return template -> {
      if (supported.contains(template.type())) {
        return List.of();
      }
      Problem type =
          Problem.of(Code.UNSUPPORTED, "no " + template.type()).next("get " + template.type());
      return template.type() == ImplementationType.NATIVE
          ? List.of(type, NO_TOOL.getFirst())
          : List.of(type);
    };
  }

  private Problem problem(NetworkFunction function, Set<ImplementationType> supported) {
    return problem(catalog.implementations(function, lacking(supported)));
  }

  private static Problem problem(Result<Implementations> result) {
    assertThat(result).isInstanceOf(Result.Failed.class);
    return ((Result.Failed<Implementations>) result).problem();
  }

  private static NetworkFunction function(String name, String capability, String template) {
    return new NetworkFunction("f1", name, capability, template, List.of(), "{}");
  }

  private static FunctionTemplate template(String name, String capability, String type) {
    return TemplateReader.read(TemplateText.named(name, capability, type), Path.of("/srv"));
  }
}
