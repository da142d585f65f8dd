package org.universalnode.catalog;

import java.util.concurrent.CompletableFuture;
import org.universalnode.nffg.NetworkFunction;

/** Where templates come from. Safe for many threads. */
public interface TemplateSource {

  /** What it has, as far as is known here; waits for no other machine. */
  Offer offer();

  /**
   * Looks again, for a function that nobody has.
   *
   * @return done when the offer is as new as it gets; never failed
   */
  default CompletableFuture<Void> ask(NetworkFunction function) {
    return CompletableFuture.completedFuture(null);
  }
}
