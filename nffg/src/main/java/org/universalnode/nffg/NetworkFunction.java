package org.universalnode.nffg;

import java.util.List;
import java.util.Optional;
import org.universalnode.problem.ProblemException;

/**
 * A function of the graph: what it shall do, not yet how. Name, functional capability and template
 * say what it is; at least one of them does, and the others are empty.
 *
 * @param id unique among the graph's functions
 * @param name for people, and in published graphs the key of the template look-up too
 * @param functionalCapability what it shall be able to do, such as {@code firewall}
 * @param template the id of a template
 * @param ports in the order written
 * @param configuration the function's own settings, a JSON object as canonical text
 * @param controlPorts TCP ports by which people reach it from outside ({@code unify-control})
 * @param environment for its processes ({@code unify-env-variables})
 * @param extras what the document says besides (groups, gui-position, ...): a JSON object as
 *     canonical text, kept and not used
 */
public record NetworkFunction(
    String id,
    String name,
    String functionalCapability,
    String template,
    List<FunctionPort> ports,
    String configuration,
    List<ControlPort> controlPorts,
    List<EnvironmentVariable> environment,
    String extras) {
  public static final int MOST_PORTS = 256;
  public static final int MOST_VARIABLES = 256;

  /**
   * Checks the id and brings both JSON texts into canonical form.
   *
   * @throws ProblemException if the id is none or a text is no JSON object
   */
  public NetworkFunction {
    Identifier.id(id);
    ports = List.copyOf(ports);
    controlPorts = List.copyOf(controlPorts);
    environment = List.copyOf(environment);
    configuration = Extras.canonical(configuration);
    extras = Extras.canonical(extras);
  }

  /** A function of which no more is said. */
  public NetworkFunction(
      String id,
      String name,
      String functionalCapability,
      String template,
      List<FunctionPort> ports,
      String configuration) {
    this(
        id,
        name,
        functionalCapability,
        template,
        ports,
        configuration,
        List.of(),
        List.of(),
        Extras.NONE);
  }

  public Optional<FunctionPort> port(PortLabel port) {
    return ports.stream().filter(candidate -> candidate.id().equals(port)).findFirst();
  }
}
