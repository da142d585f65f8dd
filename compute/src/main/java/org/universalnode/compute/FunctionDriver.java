package org.universalnode.compute;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
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
   * Makes an image ready to be run, if it is not yet, which may take as long as a download. Its
   * name is that of its content: other content has another name.
   *
   * @return by what name specs refer to it
   */
  Result<String> install(ImageSource source);

  /**
   * Whether a started instance can be given other ports and goes on running, by {@link #create} and
   * {@link #update}.
   */
  default boolean plugsPorts() {
    return false;
  }

  /**
   * Allocates what the instance needs. An instance of that id is taken over as it is, running or
   * not, if it was made from the same image with the same ports and has them; else it is deleted
   * first. One that lost a process only is taken over too, and {@link #start} mends it.
   *
   * <p>A driver that plugs ports takes over a started one with other ports, too, if those that both
   * have are alike: the switch makes what it lacks, and {@link #update} has the instance use them.
   */
  Result<Instance> create(FunctionSpec spec);

  /**
   * Starts a created instance whose ports exist; nothing happens if it is started already and whole
   * ({@link ObservedInstance#missing}). If it is not, what is left of it is ended and it is started
   * again where it is; if that fails, the next {@link #create} makes it anew.
   */
  Result<Nothing> start(FunctionSpec spec);

  /**
   * Gives a started instance the configuration and the ports of {@code spec}, unless it has these
   * already. Ports that it has besides are let go: what it made for them itself is gone when this
   * returns, and the rest of them is the switch's to remove. A failure leaves it as it was.
   */
  Result<Nothing> update(FunctionSpec spec);

  /**
   * Frames of a started instance, or of ports that it got, find their way from now on. What it has
   * sent before may have been lost; a driver sees to it that it is not waited for.
   */
  default Result<Nothing> connected(FunctionSpec spec) {
    return Result.done();
  }

  /**
   * Stands the instance still: its processes stop where they are and no frame passes its ports,
   * until {@link #resume}. It keeps all that it has.
   */
  Result<Nothing> pause(InstanceId id);

  /** Lets a paused instance go on; nothing happens if it is not paused. */
  Result<Nothing> resume(InstanceId id);

  /** Ends everything that runs in the instance and keeps what {@code create} allocated. */
  Result<Nothing> stop(InstanceId id);

  /** Removes every trace of the instance, stopping it first where it runs. */
  Result<Nothing> delete(InstanceId id);

  /** Lets the instance's processes run on these cores only. */
  Result<Nothing> pin(InstanceId id, Set<Integer> cores);

  /** All instances of this node that exist in whole or in part. */
  Result<List<ObservedInstance>> observe();

  /** One instance; what does not exist is {@link ObservedInstance.State#BROKEN}. */
  Result<ObservedInstance> observe(InstanceId id);

  /**
   * Tells of instances that may have changed without the driver, also of those that an earlier
   * process of the node made: part of it was ended or removed. It is a hint, for {@link #observe}
   * to be asked; of what a driver can't be told at once the node learns when it asks for itself.
   * Told on a thread of the driver's, which must not be kept.
   */
  Watch watch(Consumer<InstanceId> disturbed);

  /** What the instance uses now. */
  Result<InstanceStats> stats(InstanceId id);

  /** Asks the instance how it is, which takes seconds at most. */
  Result<InstanceHealth> health(InstanceId id);

  /**
   * What the instance printed.
   *
   * @param from where to begin, a {@link LogText#next}; empty for the end of the log
   * @param mostBytes how much of it at most, the latest of it if there is more
   */
  Result<LogText> log(InstanceId id, OptionalLong from, int mostBytes);

  /**
   * Runs a command where the instance's processes run, confined as they are.
   *
   * @param command the program, found as the instance would find it, and its arguments
   * @param limit after which it is ended
   */
  Result<Execution> exec(InstanceId id, List<String> command, Duration limit);

  @Override
  void close();
}
