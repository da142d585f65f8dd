package org.universalnode.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.Result;

class CatalogTest {
  private static final Set<ImplementationType> NATIVE = Set.of(ImplementationType.NATIVE);
  private static final Set<ImplementationType> ALL = Set.of(ImplementationType.values());

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
    Problem problem = problem(Catalog.of(many).find(function("x", "", ""), NATIVE));
    assertThat(problem.nextStep()).endsWith(" and 10 more");
  }

  @Test
  void anEmptyCatalogSaysSo() {
    Problem problem = problem(Catalog.of(List.of()).find(function("nat", "", ""), NATIVE));
    assertThat(problem.nextStep()).contains("this node has no templates");
  }

  @Test
  void unsupportedImplementationsAreRefusedOneByOne() {
    Problem problem = problem(function("x", "firewall", ""), Set.of(ImplementationType.DPDK));
    assertThat(problem.code()).isEqualTo(Code.UNSUPPORTED);
    assertThat(problem.detail())
        .isEqualTo(
            "this node can't run any template with the functional capability \"firewall\": "
                + "a-firewall is of the type docker, b-firewall is of the type native, "
                + "firewall-vm is of the type virtual-machine-kvm");
    assertThat(problem.nextStep()).isEqualTo("this node runs dpdk");
    assertThat(problem(function("nat", "", ""), Set.of()).nextStep())
        .isEqualTo("this node runs no type of function");
  }

  @Test
  void aPublishedTypeThatNoNodeRunsIsReadAndRefusedOnlyWhenItIsWanted() {
    String text = PublishedTemplates.text("iomodule_router_template.json");
    Catalog read = Catalog.of(List.of(TemplateReader.read(text, Path.of("/srv"))));
    Problem problem = problem(read.find(function("router", "", ""), NATIVE));
    assertThat(problem.code()).isEqualTo(Code.UNSUPPORTED);
    assertThat(problem.detail()).endsWith("router is of the type iomodule");
    assertThat(problem.nextStep()).isEqualTo("this node runs native");
  }

  private String found(NetworkFunction function, Set<ImplementationType> supported) {
    return catalog.find(function, supported).orThrow().name();
  }

  private Problem problem(NetworkFunction function, Set<ImplementationType> supported) {
    return problem(catalog.find(function, supported));
  }

  private static Problem problem(Result<FunctionTemplate> result) {
    assertThat(result).isInstanceOf(Result.Failed.class);
    return ((Result.Failed<FunctionTemplate>) result).problem();
  }

  private static NetworkFunction function(String name, String capability, String template) {
    return new NetworkFunction("f1", name, capability, template, List.of(), "{}");
  }

  private static FunctionTemplate template(String name, String capability, String type) {
    return TemplateReader.read(TemplateText.named(name, capability, type), Path.of("/srv"));
  }
}
