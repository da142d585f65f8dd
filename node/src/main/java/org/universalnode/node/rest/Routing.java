package org.universalnode.node.rest;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a request is for. */
sealed interface Routing {

  /**
   * An operation.
   *
   * @param named segments that its path has names for
   */
  record Found(Operation operation, List<String> named) implements Routing {}

  /**
   * A path that takes other methods.
   *
   * @param methods those, at least one
   */
  record OtherMethods(Set<String> methods) implements Routing {}

  /** There is nothing at that path. */
  record Nothing() implements Routing {}

  static Routing of(Request request) {
    Set<String> methods = new LinkedHashSet<>();
    for (Operation operation : Operation.values()) {
      Optional<List<String>> named = operation.named(request.path());
      if (named.isPresent() && operation.takes(request.method())) {
        return new Found(operation, named.get());
      }
      named.ifPresent(_ -> methods.add(operation.method()));
    }
    return methods.isEmpty() ? new Nothing() : new OtherMethods(methods);
  }
}
