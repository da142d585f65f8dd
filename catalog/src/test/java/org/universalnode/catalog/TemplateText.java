package org.universalnode.catalog;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** Templates as text, for tests. */
final class TemplateText {
  private static final String FIREWALL =
      """
      {
        "name": "firewall",
        "functional-capability": "firewall",
        "vnf-type": "native",
        "uri-image-type": "local-file",
        "uri-image": "firewall.tgz",
        "memory-size": 64,
        "expandable": false,
        "CPUrequirements": {"platformType": "x86", "socket": [{"coreNumbers": 1}]},
        "ports": [
          {"label": "lan", "position": "0-0", "min": "1", "name": "eth", "ipv4-config": "none"},
          {"label": "wan", "position": "1-3", "min": "1", "name": "eth", "ipv4-config": "DHCP"}
        ]
      }
      """;

  private TemplateText() {}

  static String firewall() {
    return FIREWALL;
  }

  /** The firewall with a member replaced or added; the value is JSON. */
  static String with(String key, String value) {
    JsonObject template = object();
    template.add(key, JsonParser.parseString(value));
    return template.toString();
  }

  static String without(String key) {
    JsonObject template = object();
    template.remove(key);
    return template.toString();
  }

  /** The firewall with the first of its ports changed. */
  static String withFirstPort(String key, String value) {
    JsonObject template = object();
    JsonElement port = template.getAsJsonArray("ports").get(0);
    port.getAsJsonObject().add(key, JsonParser.parseString(value));
    return template.toString();
  }

  static String named(String name, String capability, String type) {
    JsonObject template = object();
    template.addProperty("name", name);
    template.addProperty("functional-capability", capability);
    template.addProperty("vnf-type", type);
    return template.toString();
  }

  private static JsonObject object() {
    return JsonParser.parseString(FIREWALL).getAsJsonObject();
  }
}
