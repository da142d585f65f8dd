package org.universalnode.catalog.source;

import org.universalnode.nffg.NetworkFunction;
import org.universalnode.problem.ProblemException;

/** How a kind of other machine is asked for templates. */
sealed interface Protocol permits IndexProtocol, DatastoreProtocol {

  /**
   * All that it has.
   *
   * @param known what it gave before
   * @throws ProblemException if that is not to be had, or makes no sense
   */
  Holding all(Holding known, Errand errand);

  /** What is known, and besides what it has for one function. */
  Holding forFunction(NetworkFunction function, Holding known, Errand errand);
}
