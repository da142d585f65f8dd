package org.universalnode.catalog.source;

/** Templates of other machines, as text. */
final class RemoteText {
  private RemoteText() {}

  static String template(String name) {
    return template(name, "");
  }

  /** With more members, such as {@code , "isolation": "user"}. */
  static String template(String name, String more) {
    return """
        {"name": "%s", "functional-capability": "firewall", "vnf-type": "native",
         "uri-image-type": "remote-file", "uri-image": "https://images.example/%s.tgz",
         "memory-size": 64, "CPUrequirements": {"platformType": "x86", "socket": [{"coreNumbers": 1}]},
         "ports": [{"label": "lan", "position": "0-0", "min": "1", "name": "eth"}] %s}
        """
        .formatted(name, name, more);
  }
}
