package org.universalnode.nffg;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that a graph's document says: every string, number, truth value and empty container by its
 * place, in one spelling. Made from the JSON tree alone, without the reader and the writer, so that
 * what these two do can be judged by it.
 */
final class DocumentLeaves {
  /** Objects that are kept as they are, whatever stands in them. */
  private static final Set<String> OPAQUE =
      Set.of(
          "VNFs/#/configuration",
          "VNFs/#/groups",
          "VNFs/#/gui-position",
          "end-points/#/gui-position",
          "VNFs/#/ports/#/gui-position");

  /** Texts that say nothing if they are empty. */
  private static final Set<String> ABSENT_IF_EMPTY =
      Set.of(
          "name",
          "description",
          "VNFs/#/name",
          "VNFs/#/functional-capability",
          "VNFs/#/vnf_template",
          "VNFs/#/ports/#/name",
          "VNFs/#/ports/#/mac",
          "end-points/#/name",
          "end-points/#/interface/node-id",
          "end-points/#/interface-out/node-id",
          "end-points/#/vlan/node-id",
          "end-points/#/internal/node-id",
          "big-switch/flow-rules/#/description");

  /** Lists and objects that say nothing if they are empty. */
  private static final Set<String> NOTHING_INSIDE =
      Set.of(
          "",
          "VNFs",
          "VNFs/#/ports",
          "VNFs/#/configuration",
          "VNFs/#/unify-control",
          "VNFs/#/unify-env-variables",
          "end-points",
          "big-switch",
          "big-switch/flow-rules",
          "node-config");

  private static final Set<String> ABSENT_IF_FALSE =
      Set.of("VNFs/#/ports/#/trusted", "end-points/#/gre-tunnel/secure");

  private final Map<String, String> leaves = new TreeMap<>();

  private DocumentLeaves() {}

  /** Value by place; the tree is that of an accepted document. */
  static Map<String, String> of(JsonElement document) {
    DocumentLeaves all = new DocumentLeaves();
    for (Map.Entry<String, JsonElement> root : document.getAsJsonObject().entrySet()) {
      all.add(root.getKey().equals("forwarding-graph") ? "" : root.getKey(), "", root.getValue());
    }
    return all.leaves;
  }

  /** {@code kind} is the place with # for every number of a list. */
  private void add(String place, String kind, JsonElement value) {
    switch (value) {
      case JsonObject object when OPAQUE.contains(kind) && !object.isEmpty() -> raw(place, object);
      case JsonArray array when OPAQUE.contains(kind) -> raw(place, array);
      case JsonObject object when kind.equals("big-switch/flow-rules/#/match") ->
          MatchLeaves.of(object).forEach((key, text) -> put(below(place, key), text));
      case JsonObject object when !object.isEmpty() -> members(place, kind, object);
      case JsonArray actions when kind.equals("big-switch/flow-rules/#/actions") ->
          actions(place, actions);
      case JsonArray array when !array.isEmpty() -> {
        for (int i = 0; i < array.size(); i++) {
          add(below(place, Integer.toString(i)), below(kind, "#"), array.get(i));
        }
      }
      default -> leaf(place, kind, value);
    }
  }

  private void members(String place, String kind, JsonObject object) {
    object
        .entrySet()
        .forEach(
            m ->
                add(
                    below(place, key(kind, m.getKey())),
                    below(kind, key(kind, m.getKey())),
                    m.getValue()));
    if (kind.equals("end-points/#") && !object.has("type")) {
      EndPointType.WORDS.stream()
          .filter(object::has)
          .forEach(word -> put(below(place, "type"), '"' + word + '"'));
    }
    if (kind.equals("big-switch/flow-rules/#") && !object.has("priority")) {
      put(below(place, "priority"), "0");
    }
  }

  private static String key(String kind, String written) {
    return switch (kind + "|" + written) {
      case "end-points/#/interface|interface",
          "end-points/#/interface-out|interface",
          "end-points/#/vlan|interface" ->
          "if-name";
      case "end-points/#/host-stack|ipv4" -> "IPv4";
      default -> written;
    };
  }

  /** Several actions of one element are as good as one element for each. */
  private void actions(String place, JsonArray actions) {
    int number = 0;
    for (JsonElement element : actions) {
      for (Map.Entry<String, JsonElement> action : element.getAsJsonObject().entrySet()) {
        String value = LeafSpelling.action(action.getKey(), action.getValue());
        if (!value.equals("false")) {
          put(place + "/" + number++ + "/" + action.getKey(), value);
        }
      }
    }
  }

  private void leaf(String place, String kind, JsonElement value) {
    String text = value.toString();
    boolean absent =
        switch (text) {
          case "\"\"" -> ABSENT_IF_EMPTY.contains(kind);
          case "{}", "[]" -> NOTHING_INSIDE.contains(kind);
          case "false" -> ABSENT_IF_FALSE.contains(kind);
          default -> false;
        };
    if (!absent) {
      put(place, LeafSpelling.of(kind, value));
    }
  }

  /** As it stands; only the order of keys counts nothing. */
  private void raw(String place, JsonElement value) {
    if (value instanceof JsonObject object && !object.isEmpty()) {
      object.entrySet().forEach(member -> raw(below(place, member.getKey()), member.getValue()));
    } else if (value instanceof JsonArray array && !array.isEmpty()) {
      for (int i = 0; i < array.size(); i++) {
        raw(below(place, Integer.toString(i)), array.get(i));
      }
    } else {
      put(place, value.toString());
    }
  }

  private void put(String place, String value) {
    String other = leaves.put(place, value);
    if (other != null) {
      throw new IllegalStateException(List.of(place, other, value) + " are said at one place");
    }
  }

  private static String below(String place, String key) {
    String token = key.replace("/", "~1");
    return place.isEmpty() ? token : place + "/" + token;
  }
}
