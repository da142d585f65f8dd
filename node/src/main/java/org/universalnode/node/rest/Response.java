package org.universalnode.node.rest;

import com.google.gson.JsonElement;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.universalnode.nffg.json.JsonText;

/**
 * An answer.
 *
 * @param actor name of the account that turned out to ask; empty if that was known before
 */
record Response(int status, Map<String, String> headers, Body body, String actor) {
  private static final String CONTENT_TYPE = "Content-Type";
  private static final Body NOTHING = new Text("");

  /** What comes after the headers. */
  sealed interface Body {}

  /**
   * A body that is there already.
   *
   * @param text empty if there is none
   */
  record Text(String text) implements Body {}

  /** A body that comes bit by bit. It is closed in any case, even if it was never written. */
  non-sealed interface Stream extends Body, Closeable {

    /** Writes to the end of the stream, and flushes what a client is to have. */
    void writeTo(OutputStream out) throws IOException;

    @Override
    void close();
  }

  Response {
    headers = Map.copyOf(headers);
  }

  private Response(int status, Map<String, String> headers, String body) {
    this(status, headers, new Text(body), "");
  }

  static Response empty(int status) {
    return new Response(status, Map.of(), NOTHING, "");
  }

  static Response json(int status, JsonElement body) {
    return new Response(
        status,
        Map.of(CONTENT_TYPE, "application/json", "Cache-Control", "no-cache"),
        JsonText.pretty(body) + "\n");
  }

  /** JSON that is text already. */
  static Response json(String body) {
    return new Response(200, Map.of(CONTENT_TYPE, "application/json"), body);
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

  /** Server-sent events. */
  static Response events(Body body) {
    return new Response(
        200, Map.of(CONTENT_TYPE, "text/event-stream", "Cache-Control", "no-store"), body, "");
  }

  /** The same body with another status. */
  Response as(int other) {
    return new Response(other, headers, body, actor);
  }

  /** The same to somebody who has just become known. */
  Response by(String account) {
    return new Response(status, headers, body, account);
  }

  Response with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Response(status, more, body, actor);
  }
}
