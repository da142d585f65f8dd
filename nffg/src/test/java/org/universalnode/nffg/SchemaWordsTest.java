package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.universalnode.problem.Problem;

/** The schema knows the words that the reader's own tables know, all of them and no other. */
class SchemaWordsTest {
  /** Too long to be a misspelling: the reader then lists all keys that it knows. */
  private static final String NO_KEY = "no-key-at-all-".repeat(6);

  private static final String DOCUMENT =
      """
      {'forwarding-graph': {
        'VNFs': [{'id': 'f', 'name': 'n', 'ports': [{'id': 'a:0'}],
          'unify-control': [{'host-tcp-port': 1, 'vnf-tcp-port': 2}],
          'unify-env-variables': [{'variable': 'A=b'}]}],
        'end-points': [
          {'id': '0', 'interface': {'if-name': 'a'}},
          {'id': '1', 'interface-out': {'if-name': 'a'}},
          {'id': '2', 'vlan': {'if-name': 'a', 'vlan-id': '1'}},
          {'id': '3', 'gre-tunnel': {'local-ip': '::1', 'remote-ip': '::1', 'gre-key': '1'}},
          {'id': '4', 'vxlan': {'local-ip': '::1', 'remote-ip': '::1', 'vni': '1'}},
          {'id': '5', 'internal': {'internal-group': 'g'}},
          {'id': '6', 'host-stack': {'configuration': 'DHCP'}}],
        'big-switch': {'flow-rules': [
          {'id': 'r', 'match': {'port_in': 'endpoint:0'}, 'actions': [{'drop': true}]}]},
        'node-config': [
          {'id': 's', 'type': 'default-gateway', 'default-gateway': {'ip-address': '::1'}}]}}
      """;

  private final SchemaDocument schema = new SchemaDocument();

  @Test
  void everyMatchKeyIsInTheSchema() {
    List<String> keys = new ArrayList<>(List.of("port_in", "hard_timeout"));
    keys.addAll(MatchKey.FIELDS.keySet());
    keys.addAll(MatchKey.MASKS.keySet());
    assertThat(properties("match")).containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void everyTypeOfEndPointIsInTheSchema() {
    List<String> types =
        schema.definition("endPoint/properties/type").getAsJsonArray("enum").asList().stream()
            .map(JsonElement::getAsString)
            .toList();
    assertThat(types).containsExactlyElementsOf(EndPointType.WORDS);
    assertThat(properties("endPoint")).containsAll(types);
  }

  @Test
  void everyActionIsInTheSchema() {
    assertThat(properties("action")).containsAll(ActionKey.SETTERS.keySet());
    assertThat(properties("action"))
        .hasSize(ActionType.values().length - 1 + ActionKey.SETTERS.size());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /forwarding-graph, graph
          /forwarding-graph/VNFs/0, vnf
          /forwarding-graph/VNFs/0/ports/0, vnfPort
          /forwarding-graph/VNFs/0/unify-control/0, vnf/properties/unify-control/items
          /forwarding-graph/VNFs/0/unify-env-variables/0, vnf/properties/unify-env-variables/items
          /forwarding-graph/end-points/0, endPoint
          /forwarding-graph/end-points/0/interface, interface
          /forwarding-graph/end-points/1/interface-out, interface-out
          /forwarding-graph/end-points/2/vlan, vlan
          /forwarding-graph/end-points/3/gre-tunnel, gre-tunnel
          /forwarding-graph/end-points/4/vxlan, vxlan
          /forwarding-graph/end-points/5/internal, internal
          /forwarding-graph/end-points/6/host-stack, host-stack
          /forwarding-graph/big-switch, graph/properties/big-switch
          /forwarding-graph/big-switch/flow-rules/0, flowRule
          /forwarding-graph/big-switch/flow-rules/0/match, match
          /forwarding-graph/big-switch/flow-rules/0/actions/0, action
          /forwarding-graph/node-config/0, nodeSetting
          /forwarding-graph/node-config/0/default-gateway, nodeSetting/properties/default-gateway
          """)
  void everyObjectHasTheKeysThatTheReaderLists(String pointer, String definition) {
    JsonElement document = SchemaDocument.parse(DOCUMENT.replace('\'', '"'));
    assertThat(schema.judge(document).acceptedByReader()).isTrue();
    at(pointer, document).getAsJsonObject().addProperty(NO_KEY, "");
    Problem problem = schema.judge(document).reader().errors().getFirst();
    assertThat(problem.pointer()).isEqualTo(pointer + "/" + NO_KEY);
    assertThat(problem.nextStep()).startsWith("known here: ");
    String[] known = problem.nextStep().replace("known here: ", "").split(", ", -1);
    assertThat(properties(definition)).containsExactlyInAnyOrder(known);
  }

  @Test
  void everyArrayHasTheLimitOfTheModel() {
    assertLimit("graph/properties/VNFs", ServiceGraph.MOST_FUNCTIONS);
    assertLimit("graph/properties/end-points", ServiceGraph.MOST_END_POINTS);
    assertLimit("graph/properties/big-switch/properties/flow-rules", ServiceGraph.MOST_RULES);
    assertLimit("graph/properties/node-config", ServiceGraph.MOST_NODE_SETTINGS);
    assertLimit("vnf/properties/ports", NetworkFunction.MOST_PORTS);
    assertLimit("vnf/properties/unify-control", NetworkFunction.MOST_PORTS);
    assertLimit("vnf/properties/unify-env-variables", NetworkFunction.MOST_VARIABLES);
    assertLimit("flowRule/properties/actions", FlowRule.MOST_ACTIONS);
  }

  private void assertLimit(String array, int most) {
    assertThat(schema.definition(array).get("maxItems").getAsInt()).as(array).isEqualTo(most);
  }

  @Test
  void everyKeyHasADescriptionThatEditorsCanShow() {
    Map<String, String> descriptions = new TreeMap<>();
    describe("", schema.tree(), descriptions);
    assertThat(descriptions).hasSizeGreaterThan(120);
    assertThat(descriptions)
        .allSatisfy((key, text) -> assertThat(text).as(key).hasSizeBetween(5, 140));
  }

  /** Looks at all objects that name keys, not at conditions. */
  private void describe(String path, JsonObject part, Map<String, String> descriptions) {
    if (part.has("additionalProperties")) {
      for (Map.Entry<String, JsonElement> key : part.getAsJsonObject("properties").entrySet()) {
        JsonObject value = key.getValue().getAsJsonObject();
        descriptions.put(path + "/" + key.getKey(), description(value));
        describe(path + "/" + key.getKey(), value, descriptions);
      }
    }
    if (part.get("items") instanceof JsonObject items) {
      describe(path + "/items", items, descriptions);
    }
    if (part.get("$defs") instanceof JsonObject definitions) {
      definitions
          .asMap()
          .forEach((name, each) -> describe("/" + name, each.getAsJsonObject(), descriptions));
    }
  }

  private String description(JsonObject key) {
    JsonObject described =
        key.has("description")
            ? key
            : schema.definition(key.get("$ref").getAsString().replace("#/$defs/", ""));
    return described.get("description").getAsString();
  }

  private Set<String> properties(String definition) {
    return schema.definition(definition).getAsJsonObject("properties").keySet();
  }

  private static JsonElement at(String pointer, JsonElement document) {
    JsonElement place = document;
    for (String token : pointer.substring(1).split("/", -1)) {
      place =
          place.isJsonArray()
              ? place.getAsJsonArray().get(Integer.parseInt(token))
              : place.getAsJsonObject().get(token);
    }
    return place;
  }
}
