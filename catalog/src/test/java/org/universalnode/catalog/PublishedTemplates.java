package org.universalnode.catalog;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;

/** Templates as others published them. */
final class PublishedTemplates {
  static final List<String> NAMES =
      List.of(
          "FW_template.json",
          "NAT_template.json",
          "NFtemplate.json",
          "cirros.json",
          "cisco_firewall.json",
          "cisco_nat_1.json",
          "client_dhcp.json",
          "client_nat.json",
          "dhcp.json",
          "firewall.json",
          "iomodule_router_template.json",
          "iptraf.json",
          "nat.json",
          "nobody_sdn.json",
          "paper-figure-3.json",
          "switch.json");

  private PublishedTemplates() {}

  static String text(String name) {
    String resource = "templates/" + name;
    try (InputStream in = PublishedTemplates.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonObject tree(String name) {
    return JsonText.parse(text(name), JsonLimits.DOCUMENT).getAsJsonObject();
  }
}
