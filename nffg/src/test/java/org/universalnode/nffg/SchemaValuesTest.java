package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.universalnode.nffg.SchemaDocument.Verdict;
import org.universalnode.nffg.json.JsonText;

/** Every key with a string as its value: the schema's pattern accepts what the reader accepts. */
class SchemaValuesTest {
  private static final int RANDOM_TEXTS = 100;

  private static final String DOCUMENT =
      """
      {'forwarding-graph': {
        'VNFs': [{'id': 'f', 'name': 'n',
          'ports': [{'id': 'a:0'}, {'id': 'b:0'},{'id': 'c:0'<port>}]<function>}],
        'end-points': [
          {'id': 'e'},
          {'id': 'l'<end-point>}],
        'big-switch': {'flow-rules': [
          {'id': 'r',
           'match': {'port_in': 'endpoint:e'<match>},
           'actions': [{<action>}, {'output_to_port': 'endpoint:e'}]}]},
        'node-config': [<setting>]<graph>}}
      """;

  private static final String INTERFACE = "'type': 'interface', 'interface': ";
  private static final String VLAN = "'type': 'vlan', 'vlan': ";
  private static final String GRE = "'type': 'gre-tunnel', 'gre-tunnel': ";
  private static final String VXLAN = "'type': 'vxlan', 'vxlan': ";
  private static final String STACK = "'type': 'host-stack', 'host-stack': ";
  private static final String ACCOUNT = "'username': 'u', 'password': 'p'";
  private static final String ENDS = "'local-ip': '10.0.0.1', 'remote-ip': '10.0.0.2'";

  private final SchemaDocument schema = new SchemaDocument();

  /** A document with a gap, {@code $}, for the value of one key. */
  record Gap(String name, String document) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    matches().forEach((key, rest) -> gaps.add(gap("match", key, rest)));
    ActionKey.SETTERS.keySet().forEach(key -> gaps.add(gap("action", key, "")));
    for (String key : List.of("output_to_port", "push_vlan", "output_to_queue", "pop_vlan")) {
      gaps.add(gap("action", key, ""));
    }
    endPoints().forEach((around, keys) -> keys.forEach(key -> gaps.add(endPoint(around, key))));
    for (String key : List.of("mac", "unify-ip", "name")) {
      gaps.add(gap("port", key, ""));
    }
    gaps.add(new Gap("port id", filled("port", "}, {'id': $")));
    gaps.add(new Gap("variable", filled("function", ", 'unify-env-variables': [{'variable': $}]")));
    gaps.add(
        new Gap(
            "control",
            filled(
                "function", ", 'unify-control': [{'host-tcp-port': $, 'vnf-tcp-port': '0080'}]")));
    gaps.add(
        new Gap(
            "gateway",
            filled(
                "setting",
                "{'id': '1', 'type': 'default-gateway', 'default-gateway': {'ip-address': $}}")));
    gaps.add(gap("function", "functional-capability", ""));
    gaps.add(gap("graph", "name", ""));
    return gaps.stream();
  }

  /** With what else is needed. */
  private static Map<String, String> matches() {
    Map<String, String> matches = new TreeMap<>();
    MatchKey.FIELDS.keySet().forEach(key -> matches.put(key, ""));
    MatchKey.MASKS.forEach(
        (mask, key) -> matches.put(mask, ", '" + key.name() + "': '" + address(key.field()) + "'"));
    return matches;
  }

  private static String address(HeaderField field) {
    return switch (field.notation()) {
      case MAC -> "02:00:00:00:00:01";
      case IPV4 -> "192.0.2.1";
      case IPV6 -> "2001:db8::1";
      case NUMBER, ETHER_TYPE, VLAN, PROTOCOL -> throw new IllegalArgumentException(field + "");
    };
  }

  /** The keys to be filled by the object in which they stand. */
  private static Map<String, List<String>> endPoints() {
    return Map.ofEntries(
        Map.entry(INTERFACE + "{<gap>}", List.of("if-name", "interface")),
        Map.entry(INTERFACE + "{'if-name': 'i', <gap>}", List.of("node-id")),
        Map.entry(VLAN + "{'if-name': 'i', <gap>}", List.of("vlan-id")),
        Map.entry(GRE + "{" + ENDS + ", <gap>}", List.of("gre-key")),
        Map.entry(GRE + "{" + ENDS + ", 'gre-key': '0', <gap>}", List.of("ttl")),
        Map.entry(GRE + "{'gre-key': '0', 'local-ip': '::1', <gap>}", List.of("remote-ip")),
        Map.entry(VXLAN + "{" + ENDS + ", <gap>}", List.of("vni")),
        Map.entry(VXLAN + "{" + ENDS + ", 'vni': '0', <gap>}", List.of("ttl", "port")),
        Map.entry(
            STACK + "{'IPv4': '10.0.0.1/8', " + ACCOUNT + ", <gap>}", List.of("configuration")),
        Map.entry(STACK + "{'configuration': 'DHCP', <gap>}", List.of("mac")),
        Map.entry(STACK + "{'configuration': 'static', <gap>}", List.of("IPv4", "ipv4")));
  }

  private static Gap endPoint(String around, String key) {
    String object = around.replace("<gap>", "'" + key + "': $");
    return new Gap(object, filled("end-point", ", " + object));
  }

  private static Gap gap(String part, String key, String rest) {
    String member = "'" + key + "': $" + rest;
    String comma = part.equals("action") ? "" : ", ";
    return new Gap(part + " " + key, filled(part, comma + member));
  }

  private static String filled(String part, String text) {
    String action = part.equals("action") ? text : "'drop': false";
    return DOCUMENT
        .replace("<" + part + ">", text)
        .replace("<action>", action)
        .replaceAll("<[a-z-]+>", "")
        .replace('\'', '"');
  }

  @ParameterizedTest
  @MethodSource("gaps")
  void everyTextIsJudgedAlike(Gap gap) {
    long seed = System.nanoTime();
    SchemaTexts texts = new SchemaTexts(seed);
    Set<Boolean> verdicts = new HashSet<>();
    Stream.concat(SchemaTexts.known().stream(), Stream.generate(texts::next).limit(RANDOM_TEXTS))
        .forEach(text -> verdicts.add(judge(gap, text, seed)));
    assertThat(verdicts).as("some text is good, and some is bad").hasSize(2);
  }

  private boolean judge(Gap gap, String text, long seed) {
    String value = JsonText.compact(new JsonPrimitive(text));
    Verdict verdict = schema.judge(SchemaDocument.parse(gap.document.replace("$", value)));
    assertThat(verdict.acceptedBySchema())
        .as("seed %d, %s as %s:%n%s", seed, value, gap, verdict)
        .isEqualTo(verdict.acceptedButForWhatASchemaCannotSay());
    assertThat(verdict.untold()).as("seed %d, %s as %s:%n%s", seed, value, gap, verdict).isEmpty();
    return verdict.acceptedBySchema();
  }
}
