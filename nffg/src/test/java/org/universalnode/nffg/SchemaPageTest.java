package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.universalnode.nffg.SchemaDocument.Verdict;

/** The page for people says what the schema, and so the reader, says. */
class SchemaPageTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```json\n(.*?)^```$");
  private static final Pattern WORD = Pattern.compile("`([^`]+)`");

  private final String page = SchemaDocument.text(SchemaDocument.DOCS.resolve("nf-fg.md"));
  private final SchemaDocument schema = new SchemaDocument();

  @Test
  void everyDocumentOfThePageIsAcceptedWithoutWarning() {
    List<String> documents = BLOCK.matcher(page).results().map(block -> block.group(1)).toList();
    assertThat(documents).isNotEmpty();
    for (String document : documents) {
      Verdict verdict = schema.judge(SchemaDocument.parse(document));
      assertThat(verdict.acceptedByReader()).as(verdict.toString()).isTrue();
      assertThat(verdict.acceptedBySchema()).as(verdict.toString()).isTrue();
      assertThat(verdict.reader().warnings()).isEmpty();
    }
  }

  /** The first table after the heading has the keys, and in its last column older ones. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          forwarding-graph, graph
          big-switch, graph/properties/big-switch
          VNFs, vnf
          ports, vnfPort
          unify-control, vnf/properties/unify-control/items
          unify-env-variables, vnf/properties/unify-env-variables/items
          end-points, endPoint
          interface, interface
          interface-out, interface-out
          vlan, vlan
          gre-tunnel, gre-tunnel
          vxlan, vxlan
          internal, internal
          host-stack, host-stack
          flow-rules, flowRule
          match, match
          actions, action
          node-config, nodeSetting
          default-gateway, nodeSetting/properties/default-gateway
          """)
  void everyTableHasTheKeysOfTheSchema(String heading, String definition) {
    Set<String> keys = new TreeSet<>();
    Set<String> older = new TreeSet<>();
    Set<String> required = new TreeSet<>();
    for (List<String> row : table(heading)) {
      keys.addAll(words(row.getFirst()));
      older.addAll(row.size() == 5 ? words(row.getLast()) : List.of());
      required.addAll(row.get(1).contains("**required**") ? words(row.getFirst()) : List.of());
    }
    assertThat(keys).isNotEmpty();
    assertThat(older).isEqualTo(deprecated(definition));
    keys.addAll(older);
    assertThat(keys).isEqualTo(properties(definition).keySet());
    required.remove("if-name"); // or its older spelling
    assertThat(required).isEqualTo(required(definition));
  }

  @Test
  void everyLimitOfTheModelIsOnThePage() {
    assertThat(page)
        .contains(
            many("`VNFs` | array", ServiceGraph.MOST_FUNCTIONS),
            many("`end-points` | array", ServiceGraph.MOST_END_POINTS),
            many("`flow-rules` | array", ServiceGraph.MOST_RULES),
            many("`node-config` | array", ServiceGraph.MOST_NODE_SETTINGS),
            many("`ports` | array", NetworkFunction.MOST_PORTS),
            many("`unify-env-variables` | array", NetworkFunction.MOST_VARIABLES),
            many("`actions` | array, **required**", FlowRule.MOST_ACTIONS),
            GraphReader.LIMITS.characters() / 1024 / 1024 + " Mi characters, 300,000 values",
            "objects and arrays " + GraphReader.LIMITS.depth() + " deep");
  }

  private static String many(String row, int most) {
    return row + String.format(Locale.ROOT, ", at most %,d |", most);
  }

  private List<List<String>> table(String heading) {
    String section =
        Pattern.compile("(?ms)^##+ " + heading + "$(.*?)(^##|\\z)")
            .matcher(page)
            .results()
            .findFirst()
            .map(found -> found.group(1))
            .orElseThrow();
    List<List<String>> rows = new ArrayList<>();
    for (String line : section.lines().dropWhile(line -> !line.startsWith("|---")).toList()) {
      if (!line.startsWith("|")) {
        break;
      }
      String inside = line.substring(1, line.length() - 1);
      rows.add(Pattern.compile("\\|").splitAsStream(inside + " ").map(String::strip).toList());
    }
    return rows.subList(1, rows.size());
  }

  private static List<String> words(String cell) {
    return WORD.matcher(cell).results().map((MatchResult word) -> word.group(1)).toList();
  }

  private Map<String, JsonElement> properties(String definition) {
    return schema.definition(definition).getAsJsonObject("properties").asMap();
  }

  /** Older spellings, so not what has no newer one. */
  private Set<String> deprecated(String definition) {
    Set<String> keys = new TreeSet<>();
    properties(definition)
        .forEach(
            (key, value) -> {
              if (value.getAsJsonObject().has("deprecated")) {
                keys.add(key);
              }
            });
    keys.removeAll(Set.of("id", "hard_timeout"));
    return keys;
  }

  private Set<String> required(String definition) {
    Set<String> keys = new TreeSet<>();
    if (schema.definition(definition).get("required") instanceof JsonArray list) {
      list.forEach(key -> keys.add(key.getAsString()));
    }
    return keys;
  }
}
