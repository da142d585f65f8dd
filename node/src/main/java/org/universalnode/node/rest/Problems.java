package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.universalnode.problem.Problem;

/** Problems as REST clients see them (RFC 9457). */
final class Problems {
  private static final String RETRY_SECONDS = "1";

  private Problems() {}

  /** The first problem decides the status; all of them are listed. */
  static Response response(List<Problem> problems) {
    Problem first = problems.getFirst();
    JsonObject body = new JsonObject();
    body.addProperty("type", "about:blank");
    body.addProperty("title", title(first.code()));
    body.addProperty("status", status(first.code()));
    describe(body, first);
    JsonArray list = new JsonArray();
    for (Problem problem : problems) {
      JsonObject entry = new JsonObject();
      describe(entry, problem);
      list.add(entry);
    }
    body.add("problems", list);
    Response response = Response.problem(status(first.code()), body);
    if (first.code() == Problem.Code.BUSY) {
      return response.with("Retry-After", RETRY_SECONDS);
    }
    return first.code() == Problem.Code.UNAUTHENTICATED
        ? response.with("WWW-Authenticate", "Bearer")
        : response;
  }

  private static void describe(JsonObject json, Problem problem) {
    json.addProperty("code", problem.code().name());
    json.addProperty("pointer", problem.pointer());
    if (problem.place().isKnown()) {
      json.addProperty("line", problem.place().line());
      json.addProperty("column", problem.place().column());
    }
    json.addProperty("detail", problem.detail());
    json.addProperty("next", problem.nextStep());
  }

  private static int status(Problem.Code code) {
    return switch (code) {
      case INVALID_DOCUMENT, UNKNOWN_REFERENCE -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case PRECONDITION -> 412;
      case LIMIT -> 413;
      case UNSUPPORTED -> 422;
      case BUSY -> 429;
      case KERNEL, HANDLER, INTERNAL -> 500;
      case UNAVAILABLE -> 503;
      case TIMEOUT -> 504;
    };
  }

  private static String title(Problem.Code code) {
    return switch (code) {
      case INVALID_DOCUMENT -> "The document is not valid";
      case UNKNOWN_REFERENCE -> "The document names something that does not exist";
      case NOT_FOUND -> "There is no such thing";
      case CONFLICT -> "Something else is in the way";
      case UNSUPPORTED -> "This node can't do that";
      case LIMIT -> "A limit would be exceeded";
      case KERNEL -> "The kernel refused";
      case HANDLER -> "A function's handler failed";
      case TIMEOUT -> "It took too long";
      case UNAUTHENTICATED -> "It is not known who asks";
      case FORBIDDEN -> "That is not allowed";
      case PRECONDITION -> "It is not as the request expects";
      case BUSY -> "The node has enough to do";
      case UNAVAILABLE -> "Something that the node works with does not answer";
      case INTERNAL -> "The node failed";
    };
  }
}
