package org.universalnode.switching.ebpf;

import org.universalnode.linux.GracePeriod;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchState;
import org.universalnode.switching.VirtualLink;

/** The driver: LSIs are numbers in the maps of one eBPF program. */
final class EbpfSwitch implements SwitchDriver {
  static final String NAME = "ebpf";

  private final DataPlane plane;
  private final GracePeriod grace = new GracePeriod();
  private final Ports ports;
  private final VirtualLinks links;
  private final RuleTables tables;

  private EbpfSwitch(String node, DataPlane plane) {
    this.plane = plane;
    this.ports = new Ports(node, plane);
    this.links = new VirtualLinks(plane.links());
    this.tables = new RuleTables(plane, grace);
  }

  static Result<SwitchDriver> open(String node) {
    return Result.of(() -> new EbpfSwitch(node, DataPlane.open(node)));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Result<Nothing> createLsi(LsiId lsi) {
    return Result.done(); // a number needs no making
  }

  @Override
  public Result<Nothing> deleteLsi(LsiId lsi) {
    return Result.run(
        () -> {
          ports.deleteAll(lsi);
          tables.removeAll(lsi);
          links.removeAll(lsi);
        });
  }

  @Override
  public Result<AttachedPort> createPort(LsiId lsi, Attachment attachment) {
    return Result.of(() -> ports.create(lsi, attachment));
  }

  @Override
  public Result<Nothing> deletePort(LsiId lsi, Attachment attachment) {
    return Result.run(() -> ports.delete(attachment));
  }

  @Override
  public Result<VirtualLink> connect(LsiId graph, String name) {
    return Result.of(() -> links.connect(graph, name));
  }

  @Override
  public Result<Nothing> disconnect(VirtualLink link) {
    return Result.run(() -> links.disconnect(link));
  }

  @Override
  public Result<Nothing> apply(LsiId lsi, RuleChange change) {
    return Result.run(
        () ->
            change
                .tables()
                .forEach((port, rules) -> tables.replace(new LsiPort(lsi, port), rules)));
  }

  @Override
  public Result<SwitchState> observe() {
    return Result.of(() -> new SwitchState(ports.all(), links.ends(), tables.inPorts()));
  }

  /** A node that has nothing in the switch leaves nothing in the kernel. */
  @Override
  public void close() {
    boolean empty = ports.all().isEmpty() && links.ends().isEmpty() && tables.inPorts().isEmpty();
    grace.close();
    if (empty) {
      plane.unpin();
    }
    ports.close();
    plane.close();
  }
}
