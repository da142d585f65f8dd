package org.universalnode.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * What the node answered.
 *
 * @param status the HTTP status
 * @param timing how long the node worked on it
 * @param body empty when there is none
 * @param logNext where a log goes on; empty in other answers
 */
record Reply(int status, ServerTiming timing, String body, String logNext) {
  private static final int SHOWN = 80;

  boolean succeeded() {
    return status >= 200 && status < 300;
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
}
