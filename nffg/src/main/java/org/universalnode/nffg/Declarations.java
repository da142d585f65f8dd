package org.universalnode.nffg;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * What one document declares, so that references can be checked. An element whose id could not be
 * read, or is another one's, may be what a reference means: the reference is then let pass, as the
 * document is refused anyway.
 */
final class Declarations {
  /** As many names as a message lists. */
  private static final int LISTED = 20;

  private final Map<String, Names> ports = new LinkedHashMap<>();
  private final Names functions = new Names();
  private final Names endPoints = new Names();
  private final Names rules = new Names();
  private final Names nodeSettings = new Names();

  /** The names of one kind; not complete if some could not be read or two are the same. */
  private static final class Names {
    final Set<String> known = new LinkedHashSet<>();
    boolean complete = true;

    boolean add(Optional<String> name) {
      boolean isNew = name.isEmpty() || known.add(name.get());
      complete &= isNew && name.isPresent();
      return isNew;
    }

    boolean lack(String name) {
      return complete && !known.contains(name);
    }
  }

  void function(JsonFields fields, Optional<String> id) {
    id.ifPresent(present -> ports.putIfAbsent(present, new Names()));
    unique(functions.add(id), fields, "function");
  }

  void port(JsonFields fields, Optional<String> function, Optional<PortLabel> id) {
    if (function.isPresent()) {
      Names ofFunction = ports.computeIfAbsent(function.get(), absent -> new Names());
      unique(ofFunction.add(id.map(PortLabel::toString)), fields, "port of this function");
    }
  }

  void endPoint(JsonFields fields, Optional<String> id) {
    unique(endPoints.add(id), fields, "end-point");
  }

  void rule(JsonFields fields, Optional<String> id) {
    unique(rules.add(id), fields, "rule");
  }

  void nodeSetting(JsonFields fields, Optional<String> id) {
    unique(nodeSettings.add(id), fields, "setting of the node");
  }

  /** Some end-points or functions were not looked at. */
  void incomplete() {
    functions.complete = false;
    endPoints.complete = false;
  }

  /**
   * The reference itself, if the document declares what it names.
   *
   * @param who begins the message, such as {@code rule 3 sends to}
   * @throws ProblemException if it does not
   */
  PortRef check(PortRef port, String who) {
    switch (port) {
      case PortRef.OfEndPoint(String id) -> {
        if (endPoints.lack(id)) {
          throw undeclared(
              who + " end-point " + JsonText.quoted(id), "end-points", endPoints.known);
        }
      }
      case PortRef.OfFunction(String id, PortLabel label) -> check(id, label, who);
    }
    return port;
  }

  private void check(String function, PortLabel label, String who) {
    Names ofFunction = ports.getOrDefault(function, new Names());
    String of = "function " + JsonText.quoted(function);
    if (functions.lack(function)) {
      throw undeclared(who + " " + of, "functions", functions.known);
    }
    if (functions.known.contains(function) && ofFunction.lack(label.toString())) {
      throw undeclared(who + " port \"" + label + "\" of " + of, "ports of it", ofFunction.known);
    }
  }

  private static void unique(boolean isNew, JsonFields fields, String what) {
    if (!isNew) {
      fields.problem("id", "another " + what + " has this id already", "use another id");
    }
  }

  private static ProblemException undeclared(String what, String kind, Collection<String> known) {
    String listed = known.stream().limit(LISTED).collect(Collectors.joining(", "));
    String more = known.size() > LISTED ? ", ..." : "";
    return Problem.of(Code.UNKNOWN_REFERENCE, what + ", which the graph does not declare")
        .next("declared " + kind + ": " + (known.isEmpty() ? "none" : listed + more))
        .asException();
  }
}
