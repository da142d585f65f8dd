package org.universalnode.nffg;

import java.util.List;
import java.util.Optional;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Spelling;

/** Reads one element of {@code node-config}. */
final class NodeSettingReader {
  static final String DEFAULT_GATEWAY = "default-gateway";
  private static final String TYPE = "type";

  private NodeSettingReader() {}

  /** Empty if it has problems, which are told. */
  static Optional<NodeSetting> read(JsonFields fields, Declarations declared) {
    Optional<String> id = fields.requiredParsed("id", Identifier::id);
    declared.nodeSetting(fields, id);
    Optional<String> type = fields.requiredParsed(TYPE, NodeSettingReader::known);
    if (type.isEmpty() && fields.has(TYPE)) {
      return Optional.empty();
    }
    JsonFields gateway = fields.requiredObject(DEFAULT_GATEWAY);
    Optional<IpAddress> address = gateway.requiredParsed("ip-address", IpAddress::parse);
    gateway.rejectUnknown();
    fields.rejectUnknown();
    return id.flatMap(good -> address.map(hop -> new NodeSetting.DefaultGateway(good, hop)));
  }

  private static String known(String type) {
    if (!type.equals(DEFAULT_GATEWAY)) {
      throw Invalid.because(
          JsonText.quoted(type) + " is no setting of a node",
          Spelling.hint(type, List.of(DEFAULT_GATEWAY)));
    }
    return type;
  }
}
