package org.universalnode.node.deploy;

import java.util.List;
import java.util.Set;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.ImplementationType;
import org.universalnode.catalog.capability.Requirements;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * Whether this node can run a function: it has a driver for its type, and the machine offers what
 * its template asks for.
 *
 * @param supported implementation types that have a driver here
 */
public record Suitability(Set<ImplementationType> supported, Requirements requirements) {
  public Suitability {
    supported = Set.copyOf(supported);
  }

  /** Everything that stands in the way; empty if the function can run now. */
  public List<Problem> missing(FunctionTemplate template) {
    return supported.contains(template.type())
        ? requirements.missing(template)
        : List.of(unsupported(template.type()));
  }

  /** What the machine does not tell, of a function that can run. */
  public List<Problem> doubts(FunctionTemplate template) {
    return supported.contains(template.type()) ? requirements.doubts(template) : List.of();
  }

  private Problem unsupported(ImplementationType type) {
    List<String> types = supported.stream().map(ImplementationType::toString).sorted().toList();
    return Problem.of(Code.UNSUPPORTED, "this node runs no " + type + " functions")
        .next("use one of type " + (types.isEmpty() ? "none" : String.join(", ", types)));
  }
}
