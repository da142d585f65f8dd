package org.universalnode.compute.nativefn;

import java.util.List;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;

/** The life of instances of one kind. */
sealed interface Life permits OwnLife, SharedLife {

  Instance create(FunctionSpec spec);

  void start(FunctionSpec spec);

  /** A failure leaves it with the configuration it had. */
  void update(FunctionSpec spec);

  /**
   * Ends what runs of it.
   *
   * @param handle as it was recorded
   */
  void stop(Place place, Handle handle);

  void remove(Place place, Handle handle);

  /**
   * Says anew of which processes an instance consists, after a handler that may have changed that.
   *
   * @param lost what was lost before the handler ran, and still is
   */
  void recount(Place place, List<Member> lost);

  /** What it has lost since it was started, in words. */
  List<String> missing(Place place, Handle handle);

  /** Watches a recorded instance as it is now. */
  void watch(Place place);

  /** Handlers of a recorded instance. */
  Handler handler(Place place, Handle handle);
}
