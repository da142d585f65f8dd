package org.universalnode.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.universalnode.nffg.PortLabel;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class FunctionTemplateTest {
  private static final FunctionTemplate NAT =
      template(
          new PortRange("User", Positions.parse("1-1"), 1, "eth"),
          new PortRange("WAN", Positions.parse("0-0"), 1, "eth"),
          new PortRange("extra", Positions.parse("2-N"), 0, "eth"));

  @ParameterizedTest
  @CsvSource({"WAN:0, 0", "User:0, 1", "extra:0, 2", "extra:7, 9"})
  void aPortStandsWhereItsLabelBegins(String port, int position) {
    assertThat(NAT.position(PortLabel.parse(port)).orThrow()).isEqualTo(position);
  }

  @Test
  void positionsThatCountFromOneMeanTheSame() {
    FunctionTemplate bridge = template(new PortRange("L2Port", Positions.parse("1-2"), 1, "eth"));
    assertThat(bridge.position(PortLabel.parse("L2Port:0")).orThrow()).isZero();
    assertThat(bridge.position(PortLabel.parse("L2Port:1")).orThrow()).isEqualTo(1);
  }

  @Test
  void portsAreOrderedByTheirPositions() {
    assertThat(NAT.inOrder(ports("extra:1", "User:0", "extra:0", "WAN:0")))
        .isEqualTo(ports("WAN:0", "User:0", "extra:0", "extra:1"));
  }

  @Test
  void aTemplateThatSaysNoPortsTakesAnyInTheGraphsOrder() {
    FunctionTemplate any = template();
    assertThat(any.checkPorts(ports("wan:3", "lan:0"))).isEmpty();
    assertThat(any.inOrder(ports("wan:3", "lan:0"))).isEqualTo(ports("wan:3", "lan:0"));
    assertThat(any.checkPorts(ports("a:0", "a:0")))
        .extracting(Problem::toString)
        .containsExactly("/1: the port a:0 is given twice (number the ports of a label 0, 1, ...)");
  }

  @Test
  void anUnknownLabelIsAProblem() {
    Problem problem = problem("lan:0");
    assertThat(problem.code()).isEqualTo(Code.UNKNOWN_REFERENCE);
    assertThat(problem.detail())
        .isEqualTo("the function template \"nat\" has no port labelled \"lan\"");
    assertThat(problem.nextStep()).isEqualTo("its labels are User, WAN, extra");
  }

  @Test
  void aPortBeyondItsRangeIsAProblem() {
    Problem problem = problem("User:1");
    assertThat(problem.code()).isEqualTo(Code.UNKNOWN_REFERENCE);
    assertThat(problem.detail()).isEqualTo("the function template \"nat\" has no port User:1");
    assertThat(problem.nextStep()).isEqualTo("the last one is User:0");
  }

  @Test
  void goodPortsHaveNoProblem() {
    assertThat(check("User:0", "WAN:0")).isEmpty();
    assertThat(check("extra:4", "WAN:0", "User:0", "extra:0")).isEmpty();
  }

  @Test
  void everyBadPortIsToldWithItsPlace() {
    List<Problem> problems = check("User:0", "lan:0", "WAN:0", "User:0", "WAN:9");
    assertThat(problems).extracting(Problem::pointer).containsExactly("/1", "/3", "/4");
    assertThat(problems.get(1).detail()).isEqualTo("the port User:0 is given twice");
  }

  @Test
  void aMissingPortIsTold() {
    List<Problem> problems = check("User:0", "extra:0");
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().pointer()).isEmpty();
    assertThat(problems.getFirst().detail())
        .contains("needs at least 1 port labelled \"WAN\", and the graph gives it 0");
    assertThat(problems.getFirst().nextStep()).isEqualTo("add WAN:0");
  }

  @Test
  void aPortBeyondItsRangeIsNotAMissingPortToo() {
    assertThat(check("User:0", "WAN:3")).extracting(Problem::pointer).containsExactly("/1");
  }

  @Test
  void rangesAreWrittenAsTemplatesWriteThem() {
    assertThat(NAT.ports()).extracting(PortRange::position).containsExactly("1-1", "0-0", "2-N");
  }

  private static List<Problem> check(String... ports) {
    return NAT.checkPorts(ports(ports));
  }

  private static List<PortLabel> ports(String... ports) {
    return Stream.of(ports).map(PortLabel::parse).toList();
  }

  private static Problem problem(String port) {
    return catchThrowableOfType(
            ProblemException.class, () -> NAT.position(PortLabel.parse(port)).orThrow())
        .first();
  }

  private static FunctionTemplate template(PortRange... ports) {
    return new FunctionTemplate(
        "nat",
        FunctionVersion.NONE,
        "nat",
        "",
        ImplementationType.NATIVE,
        ImageAddress.of(ImageType.LOCAL_FILE, "nat.tgz", Path.of("/")),
        new Resources(
            OptionalInt.of(64),
            new Resources.Disks(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
            Optional.empty()),
        List.of(ports),
        false,
        List.of(),
        Running.ANYHOW,
        "{}");
  }
}
