package org.universalnode.node.choice;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.Expected;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.ImplementationType;
import org.universalnode.catalog.PortTechnology;
import org.universalnode.catalog.Resources.Disks;
import org.universalnode.catalog.resolve.Amounts;
import org.universalnode.catalog.resolve.Candidate;
import org.universalnode.catalog.resolve.Figures;
import org.universalnode.catalog.resolve.Wiring;
import org.universalnode.node.store.Placement;

/**
 * What implementations take and cost: as measured, else as their templates declare it, else as is
 * usual for their type.
 */
public record Demands(Catalog catalog, Learned learned) {
  private static final int GIGABYTE_BITS = 10;
  private static final int MEGABYTE_BITS = 20;
  private static final String FILE = "file";

  /**
   * An implementation as the resolver sees it.
   *
   * @param shared whether graphs have one instance of it in common
   * @param served whether such an instance is there already, for the sake of other graphs
   */
  public Candidate candidate(FunctionTemplate template, boolean shared, boolean served) {
    Figures figures = figures(template);
    Amounts demand = demand(template).plus(new Amounts(0, 0, figures.downloadMegabytes()));
    return new Candidate(
        template.name(),
        served ? Amounts.NONE : demand,
        cores(template),
        served ? new Figures(0, figures.cpuPercent(), 0) : figures,
        wiring(template),
        shared ? Optional.of(template.name()) : Optional.empty());
  }

  /** How many cores it can make use of. */
  public static int cores(FunctionTemplate template) {
    return template
        .resources()
        .processors()
        .map(processors -> processors.cores().stream().mapToInt(Integer::intValue).sum())
        .orElse(1);
  }

  /** What an instance was promised, whatever became of its template. */
  public Holding holding(Placement placement) {
    ImplementationType type = ImplementationType.parse(placement.type());
    long most = placement.containment().memoryBytes() >> MEGABYTE_BITS;
    Amounts promised =
        catalog.all().stream()
            .filter(template -> template.name().equals(placement.template()))
            .findFirst()
            .map(Demands::declared)
            .orElseGet(() -> unknown(type, most));
    return new Holding(placement, promised, Typical.of(type).whole(), most);
  }

  private Amounts demand(FunctionTemplate template) {
    Amounts declared = declared(template);
    if (Typical.of(template.type()).whole()) {
      return declared;
    }
    long memory = learned.memoryMegabytes(template).orElse(declared.memory());
    return new Amounts(Math.min(memory, limit(template)), declared.hugepages(), declared.disk());
  }

  private static Amounts unknown(ImplementationType type, long most) {
    Typical typical = Typical.of(type);
    return new Amounts(typical.whole() ? most : typical.memoryMegabytes(), 0, 0);
  }

  /** A machine's memory is all its own; of a process the limit says what it never reaches. */
  private static Amounts declared(FunctionTemplate template) {
    Typical typical = Typical.of(template.type());
    Expected expected = template.resources().expected();
    long memory =
        typical.whole()
            ? template.resources().memoryMegabytes().orElse((int) typical.memoryMegabytes())
            : Math.min(or(expected.memoryMegabytes(), typical.memoryMegabytes()), limit(template));
    return new Amounts(memory, or(expected.hugepageMegabytes(), 0), disk(template));
  }

  private static long limit(FunctionTemplate template) {
    return template.resources().memoryMegabytes().orElse(Integer.MAX_VALUE);
  }

  /** Others write into folders of the node, and little. */
  private static long disk(FunctionTemplate template) {
    if (template.type() != ImplementationType.VIRTUAL_MACHINE_KVM) {
      return 0;
    }
    Disks disks = template.resources().disks();
    return (or(disks.root(), 0) + or(disks.ephemeral(), 0) + or(disks.swap(), 0)) << GIGABYTE_BITS;
  }

  private Figures figures(FunctionTemplate template) {
    Typical typical = Typical.of(template.type());
    Expected expected = template.resources().expected();
    boolean here =
        FILE.equals(template.image().resolved().getScheme()) || learned.wasInstalled(template);
    return new Figures(
        learned.startMillis(template).orElse(or(expected.startMillis(), typical.startMillis())),
        or(expected.cpuPercent(), typical.cpuPercent()),
        here ? 0 : or(expected.imageMegabytes(), typical.imageMegabytes()));
  }

  private static Map<String, Wiring> wiring(FunctionTemplate template) {
    Map<String, Wiring> wiring = new HashMap<>();
    template
        .ports()
        .forEach(range -> wiring.put(range.label(), wiring(template.type(), range.technology())));
    return wiring;
  }

  private static Wiring wiring(ImplementationType type, Optional<PortTechnology> technology) {
    boolean socket = technology.equals(Optional.of(PortTechnology.USVHOST));
    return switch (type) {
      case NATIVE, DOCKER, ONOS_APPLICATION, IOMODULE -> Wiring.VETH;
      case DPDK -> socket ? Wiring.SOCKET : Wiring.VETH;
      case VIRTUAL_MACHINE_KVM -> socket ? Wiring.SOCKET : Wiring.TAP;
    };
  }

  private static long or(OptionalInt said, long otherwise) {
    return said.isPresent() ? said.getAsInt() : otherwise;
  }
}
