package org.universalnode.node.rest;

import com.google.gson.JsonElement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.universalnode.nffg.json.JsonText;

/**
 * An answer.
 *
 * @param body empty if there is none
 */
record Response(int status, Map<String, String> headers, String body) {
  private static final String CONTENT_TYPE = "Content-Type";

  Response {
    headers = Map.copyOf(headers);
  }

  static Response empty(int status) {
    return new Response(status, Map.of(), "");
  }

  static Response json(int status, JsonElement body) {
    return new Response(
        status,
        Map.of(CONTENT_TYPE, "application/json", "Cache-Control", "no-cache"),
        JsonText.pretty(body) + "\n");
  }

  static Response text(String body) {
    return new Response(
        200, Map.of(CONTENT_TYPE, "text/plain; charset=utf-8", "Cache-Control", "no-cache"), body);
  }

  static Response openMetrics(String body) {
    String type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    return new Response(200, Map.of(CONTENT_TYPE, type, "Cache-Control", "no-cache"), body);
  }

  static Response problem(int status, JsonElement body) {
    return new Response(
        status, Map.of(CONTENT_TYPE, "application/problem+json"), JsonText.pretty(body) + "\n");
  }

  Response with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Response(status, more, body);
  }
}
