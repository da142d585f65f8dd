package org.universalnode.compute.nativefn;

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

  /** Handlers of a recorded instance. */
  Handler handler(Place place, Handle handle);
}
