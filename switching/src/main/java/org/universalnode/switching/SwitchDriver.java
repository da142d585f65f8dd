package org.universalnode.switching;

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
 * the same time.
 *
 * <p>A graph's way: {@code createLsi}, {@code createPort} for each function port, {@code connect}
 * to LSI-0 once per destination on the other side, {@code apply} to the graph's LSI, then to LSI-0.
 */
public interface SwitchDriver extends AutoCloseable {

  /** Short name, such as {@code ebpf}. */
  String name();

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

  /** Joins LSI-0 with a graph's LSI; {@code name} is unique among the links of that LSI. */
  Result<VirtualLink> connect(LsiId graph, String name);

  Result<Nothing> disconnect(VirtualLink link);

  /** Changes rules so that each frame meets either the old rules of its in-port or the new ones. */
  Result<Nothing> apply(LsiId lsi, RuleChange change);

  Result<SwitchState> observe();

  /** Lets go of the switch, which goes on as it is. */
  @Override
  void close();
}
