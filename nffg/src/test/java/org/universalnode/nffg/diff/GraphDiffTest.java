package org.universalnode.nffg.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.NodeSetting;
import org.universalnode.nffg.ServiceGraph;

class GraphDiffTest {
  private static final String TEXT =
      """
      {"forwarding-graph": {
        "name": "g", "description": "d", "domain": "x",
        "VNFs": [
          {"id": "f", "name": "nat", "functional-capability": "nat", "vnf_template": "t",
           "ports": [{"id": "a:0", "name": "in", "gui-position": {"x": 1}},
                     {"id": "a:1", "mac": "02:00:00:00:00:01", "unify-ip": "10.0.0.1/24"}],
           "configuration": {"k": 1},
           "unify-control": [{"host-tcp-port": 22, "vnf-tcp-port": 22}],
           "unify-env-variables": [{"variable": "A=1"}],
           "groups": ["one"]},
          {"id": "h", "name": "other"}],
        "end-points": [
          {"id": "e", "name": "lan", "type": "interface", "interface": {"if-name": "eth0"}},
          {"id": "w", "type": "vlan", "vlan": {"vlan-id": "7", "if-name": "eth1"}}],
        "big-switch": {"flow-rules": [
          {"id": "1", "priority": 5, "description": "first",
           "match": {"port_in": "endpoint:e", "source_ip": "10.0.0.0/8", "hard_timeout": "1"},
           "actions": [{"push_vlan": "7"}, {"output_to_port": "vnf:f:a:0"}]},
          {"id": "2", "priority": 6, "match": {"port_in": "vnf:f:a:1"},
           "actions": [{"output_to_port": "endpoint:w"}, {"output_to_port": "endpoint:e"}]}]},
        "node-config": [
          {"id": "n", "type": "default-gateway", "default-gateway": {"ip-address": "10.0.0.9"}}]}}
      """;

  private static final ServiceGraph BEFORE = GraphReader.read(TEXT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'name': 'nat' | 'name': 'bridge' | IMPLEMENTATION",
        "'functional-capability': 'nat' | 'functional-capability': 'x' | IMPLEMENTATION",
        "'vnf_template': 't' | 'vnf_template': 'u' | IMPLEMENTATION",
        "02:00:00:00:00:01 | 02:00:00:00:00:02 | PORTS",
        "10.0.0.1/24 | 10.0.0.1/25 | PORTS",
        "'mac' | 'trusted': true, 'mac' | PORTS",
        "{'id': 'a:0', | {'id': 'a:2'}, {'id': 'a:0', | PORTS",
        "'k': 1 | 'k': 2 | CONFIGURATION",
        "'vnf-tcp-port': 22 | 'vnf-tcp-port': 23 | CONTROL_PORTS",
        "A=1 | A=2 | ENVIRONMENT",
        "'name': 'in' | 'name': 'out' | NOTES",
        "'x': 1 | 'x': 2 | NOTES",
        "'one' | 'two' | NOTES"
      })
  void aFunctionDiffersInOneAspect(String from, String to, Aspect aspect) {
    GraphDiff diff = changed(from, to);

    Change<NetworkFunction> change = only(diff.functions());
    assertThat(change.aspects()).containsExactly(aspect);
    assertThat(change.before()).isEqualTo(BEFORE.functions().getFirst());
    assertThat(change.after().id()).isEqualTo("f");
    assertThat(diff.endPoints().isEmpty() && diff.rules().isEmpty()).isTrue();
    assertThat(diff.isEmpty()).isFalse();
    assertThat(diff.isCosmetic()).isEqualTo(aspect == Aspect.NOTES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'if-name': 'eth0' | 'if-name': 'eth9' | ATTACHMENT",
        "'if-name': 'eth0' | 'if-name': 'eth0', 'node-id': 'n' | ATTACHMENT",
        "'type': 'interface', 'interface': | 'type': 'interface-out', 'interface-out': | ATTACHMENT",
        "'name': 'lan' | 'name': 'wan' | NOTES",
        "'name': 'lan' | 'name': 'lan', 'domain': 'x' | NOTES"
      })
  void anEndPointDiffersInOneAspect(String from, String to, Aspect aspect) {
    GraphDiff diff = changed(from, to);

    Change<EndPoint> change = only(diff.endPoints());
    assertThat(change.aspects()).containsExactly(aspect);
    assertThat(diff.functions().isEmpty() && diff.rules().isEmpty()).isTrue();
    assertThat(diff.isCosmetic()).isEqualTo(aspect == Aspect.NOTES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'priority': 5 | 'priority': 7 | PRIORITY",
        "10.0.0.0/8 | 10.0.0.0/9 | MATCH",
        "'port_in': 'endpoint:e' | 'port_in': 'endpoint:w' | MATCH",
        "'source_ip': '10.0.0.0/8', | | MATCH",
        "'push_vlan': '7' | 'push_vlan': '8' | ACTIONS",
        "{'push_vlan': '7'}, | | ACTIONS",
        "'first' | 'second' | NOTES",
        "'hard_timeout': '1' | 'hard_timeout': '2' | NOTES"
      })
  void aRuleDiffersInOneAspect(String from, @Nullable String to, Aspect aspect) {
    GraphDiff diff = changed(from, to == null ? "" : to);

    Change<FlowRule> change = only(diff.rules());
    assertThat(change.aspects()).containsExactly(aspect);
    assertThat(change.after().id()).isEqualTo("1");
    assertThat(diff.functions().isEmpty() && diff.endPoints().isEmpty()).isTrue();
    assertThat(diff.isCosmetic()).isEqualTo(aspect == Aspect.NOTES);
  }

  @Test
  void anElementMayDifferInSeveralAspects() {
    GraphDiff diff = changed("'priority': 5, 'description': 'first'", "'priority': 9");

    assertThat(only(diff.rules()).aspects()).isEqualTo(Set.of(Aspect.PRIORITY, Aspect.NOTES));
  }

  @Test
  void theOrderOfActionsCounts() {
    GraphDiff diff =
        changed(
            "{'output_to_port': 'endpoint:w'}, {'output_to_port': 'endpoint:e'}",
            "{'output_to_port': 'endpoint:e'}, {'output_to_port': 'endpoint:w'}");

    assertThat(only(diff.rules()).aspects()).containsExactly(Aspect.ACTIONS);
  }

  @Test
  void whatTheMatchImpliesIsNoDifferenceForFrames() {
    GraphDiff diff = changed("'source_ip'", "'ether_type': '0x0800', 'source_ip'");

    assertThat(only(diff.rules()).aspects()).containsExactly(Aspect.NOTES);
    assertThat(diff.isCosmetic()).isTrue();
  }

  @Test
  void theOrderOfPortsIsNoDifferenceForFrames() {
    NetworkFunction function = BEFORE.functions().getFirst();
    NetworkFunction reversed =
        new NetworkFunction(
            function.id(),
            function.name(),
            function.functionalCapability(),
            function.template(),
            function.ports().reversed(),
            function.configuration(),
            function.controlPorts(),
            function.environment(),
            function.extras());
    List<NetworkFunction> functions = List.of(reversed, BEFORE.functions().getLast());
    ServiceGraph after =
        new ServiceGraph(
            "g",
            "d",
            functions,
            BEFORE.endPoints(),
            BEFORE.rules(),
            BEFORE.nodeSettings(),
            BEFORE.extras());

    assertThat(GraphDiff.between(BEFORE, after).isCosmetic()).isTrue();
  }

  @Test
  void aSettingOfTheNodeHasAValue() {
    GraphDiff diff = changed("10.0.0.9", "10.0.0.8");

    Change<NodeSetting> change = only(diff.nodeSettings());
    assertThat(change.aspects()).containsExactly(Aspect.VALUE);
    assertThat(diff.isCosmetic()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'name': 'g' | 'name': 'h'",
        "'description': 'd' | 'description': 'e'",
        "'domain': 'x' | 'domain': 'y'"
      })
  void whatIsSaidOfTheGraphItselfIsANote(String from, String to) {
    GraphDiff diff = changed(from, to);

    assertThat(diff.notes()).isTrue();
    assertThat(diff.isEmpty()).isFalse();
    assertThat(diff.isCosmetic()).isTrue();
    assertThat(diff.functions().isEmpty() && diff.rules().isEmpty()).isTrue();
  }

  @Test
  void anElementWithAnotherIdIsAddedAndTheOldOneRemoved() {
    GraphDiff diff = changed("{'id': 'h', 'name': 'other'}", "{'id': 'i', 'name': 'other'}");

    assertThat(diff.functions().added()).extracting(NetworkFunction::id).containsExactly("i");
    assertThat(diff.functions().removed()).extracting(NetworkFunction::id).containsExactly("h");
    assertThat(diff.functions().changed()).isEmpty();
    assertThat(diff.functions().isCosmetic()).isFalse();
    assertThat(diff.isCosmetic()).isFalse();
  }

  @Test
  void everythingOfANewGraphIsAdded() {
    ServiceGraph nothing = new ServiceGraph("", "", List.of(), List.of(), List.of());

    assertThat(GraphDiff.between(nothing, BEFORE).rules().added()).isEqualTo(BEFORE.rules());
    assertThat(GraphDiff.between(BEFORE, nothing).endPoints().removed())
        .isEqualTo(BEFORE.endPoints());
  }

  @Test
  void aspectsAreWordsForPeople() {
    assertThat(Aspect.CONTROL_PORTS).hasToString("control-ports");
  }

  private static GraphDiff changed(String from, String to) {
    String part = from.replace('\'', '"');
    assertThat(TEXT).contains(part);
    String after =
        TEXT.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(to.replace('\'', '"')));
    return GraphDiff.between(BEFORE, GraphReader.read(after));
  }

  private static <T> Change<T> only(Changes<T> changes) {
    assertThat(changes.added()).isEmpty();
    assertThat(changes.removed()).isEmpty();
    assertThat(changes.changed()).hasSize(1);
    return changes.changed().getFirst();
  }
}
