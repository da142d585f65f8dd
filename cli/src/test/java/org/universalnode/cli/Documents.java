package org.universalnode.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents for tests, and the files that hold them. */
final class Documents {
  static final String GRAPH = "{\"forwarding-graph\":{\"name\":\"g\"}}";
  static final String WRONG_GRAPH =
      "{\"forwarding-graph\": {\n  \"nonsense\": 1,\n  \"silliness\": 2}}";
  static final String TEMPLATE =
      """
      {
        "name": "hub", "functional-capability": "hub", "vnf-type": "native",
        "uri-image-type": "local-file", "uri-image": "hub.tgz", "memory-size": 64,
        "CPUrequirements": {"platformType": "x86", "socket": [{"coreNumbers": 1}]},
        "ports": [{"position": "0-N", "label": "port", "min": "2", "name": "eth",
          "ipv4-config": "none", "ipv6-config": "none"}],
        "expandable": false
      }
      """;

  /** As the paper has it: read, with warnings of what it leaves out. */
  static final String SPARSE_TEMPLATE =
      "{\"name\":\"hub\",\"vnf-type\":\"native\",\"uri\":\"http://repo/native/hub.tgz\"}";

  private Documents() {}

  static String file(Path folder, String name, String content) {
    return file(folder, name, content.getBytes(StandardCharsets.UTF_8));
  }

  static String file(Path folder, String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
