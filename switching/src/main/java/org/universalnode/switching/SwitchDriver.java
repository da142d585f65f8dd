package org.universalnode.switching;

import java.util.Set;
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
 * the same time, except questions ({@code observe}, {@code counters}).
 *
 * <p>A graph's way: {@code createLsi}, {@code createPort} for each function port, {@code connect}
 * to LSI-0 once per destination on the other side, {@code apply} to both LSIs at once.
 */
public interface SwitchDriver extends AutoCloseable {

  /** Short name, such as {@code ebpf}. */
  String name();

  /** What it can do on this machine; a graph that needs more is refused before anything is made. */
  SwitchFeatures features();

  Result<Nothing> createLsi(LsiId lsi);

  /** Deletes an LSI with its ports, virtual links (also their far ends) and rules. */
  Result<Nothing> deleteLsi(LsiId lsi);

  /**
   * Gives the LSI a port. A {@link Attachment.FunctionInterface} is made by the driver and is
   * there, down, when this returns; a {@link Attachment.HostInterface} must exist and belongs to
   * the LSI from then on, so that its frames no longer reach the host.
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
   * through the LSIs, or the new ones. Tables that are as they were cost nothing; one without rules
   * for a port that is gone is no error.
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

  /** Lets go of the switch, which goes on as it is. */
  @Override
  void close();
}
