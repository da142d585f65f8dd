package org.universalnode.compute.kit;

import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;

/** Where a driver under test works, and what others may do to its instances there. */
public interface FunctionSite extends AutoCloseable {
  /** The driver; another one of the same node each time, as after a restart. */
  FunctionDriver open();

  /** An instance with a port, which has at least one process when it is started. */
  FunctionSpec spec(String configuration);

  /** Makes those ports that are missing, as a switch does. */
  void plug(Instance instance);

  /** Ends a process of which the instance consists. */
  void disturb(InstanceId id);

  /** Takes away what the instance stands on. */
  void vanish(InstanceId id);

  /** Deletes all instances, closes the drivers, and fails if anything is left. */
  @Override
  void close();
}
