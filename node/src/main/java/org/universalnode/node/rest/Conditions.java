package org.universalnode.node.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.deploy.Precondition;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * What a request says that a graph must be like (RFC 9110, sections 13.1.1 and 13.1.2).
 *
 * @param match tags of which the graph must have one; empty if that is not asked for
 * @param noneMatch tags of which the graph must have none; empty if that is not asked for
 */
record Conditions(Optional<List<String>> match, Optional<List<String>> noneMatch)
    implements Precondition {
  private static final String ANY = "*";
  private static final String WEAK = "W/";
  private static final Pattern TAG =
      Pattern.compile("[ \\t]*((?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")[ \\t]*(,|$)");

  /** That a request's condition does not hold, and the tag that the graph has; empty for none. */
  static final class Unmet extends ProblemException {
    private static final long serialVersionUID = 1L;

    private final String current;

    private Unmet(Problem problem, String current) {
      super(List.of(problem));
      this.current = current;
    }

    Response response() {
      Response response = Problems.response(problems());
      return current.isEmpty() ? response : response.with("ETag", current);
    }
  }

  /**
   * Those of a request.
   *
   * @throws ProblemException if a header is not as RFC 9110 has it
   */
  static Conditions of(Request request) {
    return new Conditions(tags(request, "if-match"), tags(request, "if-none-match"));
  }

  @Override
  public void require(Optional<ServiceGraph> present) {
    String current = present.map(EntityTag::of).orElse("");
    if (match.isPresent() && !matches(match.get(), current)) {
      throw unmet("If-Match", current);
    }
    if (noneMatch.isPresent() && matches(unweak(noneMatch.get()), current)) {
      throw unmet("If-None-Match", current);
    }
  }

  /** Whether the client has this graph already, in answer to a question. */
  boolean knows(String current) {
    return noneMatch.isPresent() && matches(unweak(noneMatch.get()), current);
  }

  /** A weak tag is never the same as a strong one. */
  private static boolean matches(List<String> tags, String current) {
    return !current.isEmpty() && (tags.contains(ANY) || tags.contains(current));
  }

  private static List<String> unweak(List<String> tags) {
    return tags.stream()
        .map(tag -> tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag)
        .toList();
  }

  private static Unmet unmet(String header, String current) {
    String now = current.isEmpty() ? "there is no such graph" : "its ETag is " + current;
    Problem problem =
        Problem.of(Code.PRECONDITION, "the graph is not as " + header + " says: " + now)
            .next("read the graph again, and decide anew");
    return new Unmet(problem, current);
  }

  private static Optional<List<String>> tags(Request request, String header) {
    return request.header(header).map(value -> tags(header, value.strip()));
  }

  private static List<String> tags(String header, String value) {
    if (value.equals(ANY)) {
      return List.of(ANY);
    }
    List<String> tags = new ArrayList<>();
    Matcher tag = TAG.matcher(value);
    int at = 0;
    boolean more = true;
    while (more && tag.region(at, value.length()).lookingAt()) {
      tags.add(tag.group(1));
      at = tag.end();
      more = !tag.group(2).isEmpty();
    }
    if (more) {
      throw Problem.of(Code.INVALID_DOCUMENT, "the header " + header + " is no list of ETags")
          .next("write each in double quotes, or one * alone")
          .asException();
    }
    return tags;
  }
}
