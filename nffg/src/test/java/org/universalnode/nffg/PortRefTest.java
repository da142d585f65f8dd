package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.problem.ProblemException;

class PortRefTest {

  @Test
  void bothFormsReadAndWrite() {
    assertThat(PortRef.parse("vnf:fw 1:User side:12"))
        .isEqualTo(new PortRef.OfFunction("fw 1", new PortLabel("User side", 12)))
        .hasToString("vnf:fw 1:User side:12");
    assertThat(PortRef.parse("endpoint:split_ep.1/nf.2"))
        .isEqualTo(new PortRef.OfEndPoint("split_ep.1/nf.2"))
        .hasToString("endpoint:split_ep.1/nf.2");
  }

  @Test
  void aLeadingZeroOfAPortNumberMeansNothing() {
    assertThat(PortRef.parse("vnf:1:inout:007")).hasToString("vnf:1:inout:7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "eth0",
        "vnf",
        "vnf:1",
        "vnf:1:0",
        "vnf:1:inout",
        "vnf:1:inout:",
        "vnf:1:inout:x",
        "vnf:1:inout:-1",
        "vnf:1:inout:70000",
        "vnf::inout:0",
        "vnf:1::0",
        "vnf:1:a:b:0",
        "VNF:1:a:0",
        "endpoint:",
        "endpoint:1:2",
        "endpoint",
        "vnf:1:a\n:0",
        "endpoint:\u0000"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> PortRef.parse(text)).isInstanceOf(ProblemException.class);
  }

  @Test
  void portsAreOrderedByLabelThenByNumber() {
    assertThat(PortLabel.parse("a:10")).isGreaterThan(PortLabel.parse("a:9"));
    assertThat(PortLabel.parse("a:10")).isLessThan(PortLabel.parse("b:0"));
  }
}
