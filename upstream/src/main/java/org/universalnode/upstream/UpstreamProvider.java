package org.universalnode.upstream;

import java.util.List;
import java.util.ServiceLoader;

/** How a module with connections of one kind offers itself (java.util.ServiceLoader). */
public interface UpstreamProvider {

  /** All that are on the module path. */
  static List<UpstreamProvider> installed() {
    return ServiceLoader.load(UpstreamProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Such as {@code mqtt}. */
  String kind();

  /**
   * A connection that is not made yet: the first delivery does that.
   *
   * @param lost to be run, on any thread, when a connection breaks: the other side may forget what
   *     it knew, so it is told again
   * @throws org.universalnode.problem.ProblemException if the destination makes no sense
   */
  Upstream open(Destination destination, Runnable lost);
}
