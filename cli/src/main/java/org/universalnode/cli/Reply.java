package org.universalnode.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.OptionalLong;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * What the node answered.
 *
 * @param status the HTTP status
 * @param headers those that commands look at, by the names with which they ask for them
 * @param body empty when there is none
 */
record Reply(int status, Map<String, String> headers, String body) {
  private static final int SHOWN = 80;

  Reply {
    headers = Map.copyOf(headers);
  }

  boolean succeeded() {
    return status >= 200 && status < 300;
  }

  /** How long the node worked on it. */
  ServerTiming timing() {
    return ServerTiming.parse(header("Server-Timing"));
  }

  /** Where a log goes on; empty in other answers. */
  String logNext() {
    return header("Log-Next");
  }

  /** The tag of a graph, without its quotes; empty in other answers. */
  String etag() {
    return header("ETag").replaceAll("^\"|\"$", "");
  }

  /** Number of the last event when the node answered; empty if it did not say. */
  OptionalLong lastEvent() {
    return number("Last-Event-ID");
  }

  /** After how many seconds to try again; empty if the node did not say so. */
  OptionalLong retryAfter() {
    return number("Retry-After");
  }

  /**
   * The body as a JSON object.
   *
   * @throws ProblemException if it is anything else
   */
  JsonObject document() {
    JsonElement document = Json.read(body);
    if (document.isJsonObject()) {
      return document.getAsJsonObject();
    }
    throw Problem.of(Code.INTERNAL, "the answer is not a JSON object: " + excerpt())
        .next("check that --url or UN_URL is the address of a node")
        .asException();
  }

  /** The beginning of the body, for a message. */
  String excerpt() {
    return body.length() > SHOWN ? body.substring(0, SHOWN) + "..." : body;
  }

  private OptionalLong number(String header) {
    String digits = header(header);
    return digits.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  private String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
