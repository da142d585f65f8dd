package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The judge of the mutants finds what it shall find. */
class DocumentLeavesTest {
  static final List<String> CANONICAL =
      List.of("every-kind.json", "every-match.json", "every-action.json");

  @ParameterizedTest
  @FieldSource("CANONICAL")
  void everyValueCounts(String name) {
    JsonElement document = JsonParser.parseString(SampleGraphs.text(name));
    Map<String, String> leaves = DocumentLeaves.of(document);
    int last = JsonTrees.values(document).size();
    int changed = 0;
    for (int i = 0; i < last; i++) {
      if (JsonTrees.values(document).get(i) instanceof JsonPrimitive value && value.isString()) {
        JsonPrimitive other = new JsonPrimitive(another(value.getAsString()));
        JsonElement mutant = JsonTrees.replaced(document, i, other);
        assertThat(DocumentLeaves.of(mutant)).as("%s for %s", other, value).isNotEqualTo(leaves);
        changed++;
      }
    }
    assertThat(changed).isGreaterThan(20);
  }

  /** Other than before, and still of the kind that it was. */
  private static String another(String text) {
    return switch (text) {
      case "ANY" -> "NO_VLAN";
      case "NO_VLAN" -> "ANY";
      case "0.0.0.0/0" -> "0.0.0.0/1";
      default -> {
        boolean mac = text.matches("..(:..){5}"); // the first byte, should there be a mask
        int end = text.indexOf('/') < 0 ? text.length() - 1 : text.indexOf('/') + 1;
        int last = mac ? 1 : end;
        char other = text.charAt(last) == '1' ? '0' : '1';
        yield text.substring(0, last) + other + text.substring(last + 1);
      }
    };
  }

  @Test
  void spellingsOfTheSameAreTheSame() {
    assertThat(match("'ipv4_src':'10.1.2.3','ipv4_src_mask':'255.0.0.0','ip_proto':'TCP'"))
        .isEqualTo(match("'source_ip':'10.0.0.0/8','protocol':'0x06'"));
    assertThat(match("'sctp_src':'0x10'")).isEqualTo(match("'protocol':'132','source_port':'16'"));
    assertThat(match("'dest_ip':'2001:DB8:0::'")).isEqualTo(match("'ipv6_dst':'2001:db8::'"));
    assertThat(match("'dest_ip':'::ffff:1.2.3.4'")).isNotEqualTo(match("'dest_ip':'1.2.3.4'"));
    assertThat(match("'source_mac':'0A:00:00:00:00:01','eth_src_mask':'ff:00:00:00:00:00'"))
        .isEqualTo(match("'source_mac':'0a:00:00:00:00:00','eth_src_mask':'FF:00:00:00:00:00'"))
        .isNotEqualTo(match("'source_mac':'0a:00:00:00:00:00'"));
  }

  @Test
  void oneElementMayHoldSeveralActions() {
    assertThat(leaves("'actions':[{'pop_vlan':'true','drop':false,'output_to_port':'endpoint:1'}]"))
        .isEqualTo(leaves("'actions':[{'pop_vlan':true},{'output_to_port':'endpoint:1'}]"))
        .isNotEqualTo(leaves("'actions':[{'output_to_port':'endpoint:1'},{'pop_vlan':true}]"));
  }

  @Test
  void whatIsAbsentIsNoLeafAndWhatIsKeptIsOne() {
    assertThat(DocumentLeaves.of(parse("{'forwarding-graph':{'name':'','VNFs':[]}}"))).isEmpty();
    assertThat(DocumentLeaves.of(parse("{'forwarding-graph':{'id':'','big-switch':{}}}")))
        .isEqualTo(new TreeMap<>(Map.of("id", "\"\"")));
  }

  private static Map<String, String> match(String fields) {
    return leaves("'match':{" + fields + "}");
  }

  private static Map<String, String> leaves(String ofRule) {
    return DocumentLeaves.of(
        parse("{'forwarding-graph':{'big-switch':{'flow-rules':[{" + ofRule + "}]}}}"));
  }

  private static JsonElement parse(String text) {
    return JsonParser.parseString(text.replace('\'', '"'));
  }
}
