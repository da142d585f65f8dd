package org.universalnode.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import org.universalnode.problem.Place;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** Reads what a node says is wrong: problem+json (RFC 9457) with our members. */
final class ErrorReply {
  private ErrorReply() {}

  /** The problems in an answer that is no success; at least one, whatever the answer holds. */
  static Refusal refusal(Reply reply, String request) {
    JsonObject document = documentOf(reply);
    List<Problem> problems = new ArrayList<>();
    for (JsonObject member : Json.objects(document, "problems")) {
      problems.add(problem(member));
    }
    if (problems.isEmpty() && isProblem(document)) {
      problems.add(problem(document));
    }
    return new Refusal(
        problems.isEmpty() ? List.of(bare(reply, request)) : problems, reply.status());
  }

  private static JsonObject documentOf(Reply reply) {
    try {
      JsonElement document = Json.read(reply.body());
      return document.isJsonObject() ? document.getAsJsonObject() : new JsonObject();
    } catch (ProblemException e) {
      return new JsonObject(); // a proxy's HTML page, say; bare() tells it
    }
  }

  private static boolean isProblem(JsonObject document) {
    return document.has("detail") || document.has("title");
  }

  private static Problem problem(JsonObject member) {
    String detail = Json.text(member, "detail");
    return new Problem(
        code(Json.text(member, "code")),
        Json.text(member, "pointer"),
        new Place(number(member, "line"), number(member, "column")),
        detail.isEmpty() ? Json.text(member, "title") : detail,
        Json.text(member, "next"));
  }

  /** 0 if it is absent or no small number. */
  private static int number(JsonObject member, String key) {
    String digits = Json.text(member, key);
    return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
  }

  private static Problem bare(Reply reply, String request) {
    String excerpt = reply.body().isBlank() ? "" : ": " + reply.excerpt();
    String detail = request + " was answered " + reply.status() + excerpt;
    // The JDK keeps the body of a 401 to itself when the request had a body.
    return reply.status() == HttpURLConnection.HTTP_UNAUTHORIZED
        ? Problem.of(Code.UNAUTHENTICATED, detail)
            .next("this node wants a login: un login, or UN_TOKEN")
        : Problem.of(Code.INTERNAL, detail)
            .next("check that --url or UN_URL is the address of a node");
  }

  private static Code code(String name) {
    for (Code code : Code.values()) {
      if (code.name().equals(name)) {
        return code;
      }
    }
    return Code.INTERNAL; // of a newer node
  }
}
