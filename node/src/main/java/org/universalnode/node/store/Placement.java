package org.universalnode.node.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.compute.Containment;
import org.universalnode.nffg.PortLabel;

/**
 * The implementation chosen for a function of a graph. It is stored with the graph, so that a
 * restarted node takes over what runs, whatever became of the catalog meanwhile.
 *
 * @param template name of the chosen template
 * @param type implementation type: which driver runs it
 * @param image what the driver runs, by the name that it gave it
 * @param ports in the order of the template's positions
 * @param technologies how frames are to get to ports, by their labels, where the template says it
 * @param cores how many it can make use of
 * @param containment what its instance may use of the machine
 * @param hotplug whether its instance can be given other ports while it runs
 * @param shared name of the instance that serves this graph among others; empty for one of its own
 * @param incarnation of the instance; another one than that of the instance whose place it takes
 */
public record Placement(
    String template,
    String type,
    String image,
    List<PortLabel> ports,
    Map<String, String> technologies,
    int cores,
    Containment containment,
    boolean hotplug,
    Optional<String> shared,
    int incarnation) {

  public Placement {
    ports = List.copyOf(ports);
    technologies = Map.copyOf(technologies);
  }

  /** The same, of another instance. */
  public Placement incarnated(int number) {
    return new Placement(
        template, type, image, ports, technologies, cores, containment, hotplug, shared, number);
  }

  /** The same whose instance can be given other ports, or can't. */
  public Placement plugged(boolean can) {
    return new Placement(
        template, type, image, ports, technologies, cores, containment, can, shared, incarnation);
  }

  /** The same with other ports. */
  public Placement ported(List<PortLabel> others) {
    return new Placement(
        template,
        type,
        image,
        others,
        technologies,
        cores,
        containment,
        hotplug,
        shared,
        incarnation);
  }
}
