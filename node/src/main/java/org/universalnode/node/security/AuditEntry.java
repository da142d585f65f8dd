package org.universalnode.node.security;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * One request, without its query, headers and body, which can hold secrets.
 *
 * @param user id of the user of this machine that asked; empty if it isn't known
 * @param account of the node that asked; empty if it is none
 * @param peer address the request came from
 */
public record AuditEntry(
    Instant time,
    OptionalInt user,
    String account,
    String peer,
    String method,
    String path,
    int status) {
  private static final int MOST_CHARACTERS = 1_024;

  public AuditEntry {
    peer = shortened(peer);
    method = shortened(method);
    path = shortened(path);
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("time", time.toString());
    user.ifPresent(id -> json.addProperty("user", id));
    if (!account.isEmpty()) {
      json.addProperty("account", account);
    }
    json.addProperty("peer", peer);
    json.addProperty("method", method);
    json.addProperty("path", path);
    json.addProperty("status", status);
    return json;
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
  }
}
