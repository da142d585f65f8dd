package org.universalnode.switching;

import java.util.Set;
import java.util.function.Consumer;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/**
 * An implementation of logical switching instances (the paper's Table I).
 *
 * <p>The node holds the master copy of every LSI; the driver holds none. Each operation is
 * idempotent: what exists already is taken over, what is absent already counts as deleted. So after
 * a crash the node simply asks again for what it wants. What the driver made goes on carrying
 * traffic when the node's process ends, and is dropped traffic, never flooded, where no rule
 * matches. All methods may be called from any thread; calls that concern one LSI are not made at
 * the same time, except questions ({@code observe}, {@code counters}, {@code verify}).
 *
 * <p>Asking again also mends: what somebody else removed or changed of an LSI is as it should be
 * when all of it has been asked for again, as after a crash. What is whole loses no frame by that
 * and costs little. {@link #watch} tells when that is due, {@link #verify} finds what nobody is
 * told of. What is not the driver's is never touched.
 *
 * <p>A graph's way: {@code createLsi}, {@code createPort} for each function port, {@code connect}
 * to LSI-0 once per destination on the other side, {@code apply} to both LSIs at once.
 */
public interface SwitchDriver extends AutoCloseable {

  /** Short name, such as {@code ebpf}. */
  String name();

  /** What it can do on this machine; a graph that needs more is refused before anything is made. */
  SwitchFeatures features();

  /**
   * Says whether it can make {@link Attachment.FunctionSocket} ports on this machine, or why not; a
   * graph with such ports is refused before anything is made.
   */
  default Result<Nothing> servesSockets() {
    return Result.failed(
        Problem.of(
                Problem.Code.UNSUPPORTED,
                "the switch " + name() + " reaches no function by vhost-user sockets")
            .next("serve --switch openvswitch with DPDK, or use another port technology"));
  }

  Result<Nothing> createLsi(LsiId lsi);

  /** Deletes an LSI with its ports, virtual links (also their far ends) and rules. */
  Result<Nothing> deleteLsi(LsiId lsi);

  /**
   * Gives the LSI a port. A {@link Attachment.FunctionInterface} is made by the driver and is
   * there, down, when this returns; a {@link Attachment.HostInterface} must exist and belongs to
   * the LSI from then on, so that its frames no longer reach the host. One that was set down with
   * the mark that it is on purpose ({@code RouteSocket.pull}) stays so, and is whole.
   */
  Result<AttachedPort> createPort(LsiId lsi, Attachment attachment);

  /** Takes a port away; a host interface is given back as it was. */
  Result<Nothing> deletePort(LsiId lsi, Attachment attachment);

  /** Takes away a port that {@link #observe} shows, whatever it is attached to. */
  Result<Nothing> deletePort(LsiPort port);

  /** Joins LSI-0 with a graph's LSI; {@code name} is unique among the links of that LSI. */
  Result<VirtualLink> connect(LsiId graph, String name);

  Result<Nothing> disconnect(VirtualLink link);

  /**
   * Changes rules, as one change: each frame meets either the old rules of all in-ports on its way
   * through the LSIs, or the new ones. Tables that are as they were asked for last cost nothing:
   * whether the switch still has them is a question for {@link #verify}. A table without rules for
   * a port that is gone is no error.
   */
  Result<Nothing> apply(RuleChange change);

  Result<SwitchState> observe();

  /**
   * Everything that is wanted has been asked for since the driver was opened, but for graphs that
   * could not be made. What an earlier version of the driver left, and could not be taken over as
   * it was, has carried frames until now; it hands them over without loss, and what nobody asked
   * for goes. What it carries of the graphs that could not be made it goes on to carry. To be
   * called again when one of them has been made or deleted, and at no time together with itself.
   *
   * @param unmade the graphs' LSIs
   */
  Result<Nothing> settle(Set<LsiId> unmade);

  /** What went through an LSI; none of it if there is no such LSI. */
  Result<SwitchCounters> counters(LsiId lsi);

  /**
   * Tells of LSIs that may have been changed or removed from outside, until the watch is closed;
   * the node answers by asking again for all that it wants of them. {@link LsiId#BASE} concerns the
   * machine's interfaces and all else of LSI-0. May tell of what is whole after all, and while the
   * driver itself is at work, but never of the driver's own doing in an endless circle: asking
   * again for what is whole tells nothing. Where events were lost, all LSIs are told of.
   *
   * @param disturbed is called on a thread of the driver's, and returns at once
   */
  Watch watch(Consumer<LsiId> disturbed);

  /**
   * Looks through all that the driver had the switch do, also where the system tells of no changes.
   * Rules and tables that are not as they were made are made so again here; the rest when the LSIs
   * that this returns are asked for again. Costs some microseconds for each port and rule, and no
   * frame. For a sweep now and then.
   *
   * @return where something was not as it was made; a driver that is told of every change has
   *     nothing to look for
   */
  default Result<Set<LsiId>> verify() {
    return Result.of(Set::of);
  }

  /** Lets go of the switch, which goes on as it is. */
  @Override
  void close();
}
