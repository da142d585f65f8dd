package org.universalnode.compute;

import java.util.List;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/**
 * An execution environment for network functions (the paper's Table II).
 *
 * <p>The life of an instance: {@code create}, then the switch makes its ports, {@code start},
 * {@code stop}, {@code delete}. Each operation is idempotent and bounded in time; {@code delete} is
 * allowed in every state and leaves nothing behind. Instances outlive the node's process; what
 * {@link #observe} reads back from the system is all that the driver knows about them. All methods
 * may be called from any thread; calls that concern one instance are not made at the same time.
 */
public interface FunctionDriver extends AutoCloseable {

  /** The implementation type that it runs, as templates name it: {@code native}. */
  String type();

  /**
   * Allocates what the instance needs. An instance of that id is taken over as it is, running or
   * not, if it was made from the same image with the same ports and has them; else it is deleted
   * first.
   */
  Result<Instance> create(FunctionSpec spec);

  /** Starts a created instance whose ports exist; nothing happens if it is started already. */
  Result<Nothing> start(FunctionSpec spec);

  /** Gives a started instance the configuration of {@code spec}, unless it has that already. */
  Result<Nothing> update(FunctionSpec spec);

  /** Ends everything that runs in the instance and keeps what {@code create} allocated. */
  Result<Nothing> stop(InstanceId id);

  /** Removes every trace of the instance, stopping it first where it runs. */
  Result<Nothing> delete(InstanceId id);

  /** All instances of this node that exist in whole or in part. */
  Result<List<ObservedInstance>> observe();

  /** One instance; what does not exist is {@link ObservedInstance.State#BROKEN}. */
  Result<ObservedInstance> observe(InstanceId id);

  /** The end of what the instance printed, at most {@code mostBytes}. */
  Result<String> logs(InstanceId id, int mostBytes);

  @Override
  void close();
}
