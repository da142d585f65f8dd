package org.universalnode.node;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.universalnode.node.deploy.Limit;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.problem.Problem;

/**
 * How a node is to run.
 *
 * @param name tells it from other nodes on the same machine: 1 to 24 lower-case letters and digits
 * @param listen address of the REST API, on loopback
 * @param state folder for everything it keeps
 * @param functions folder of function templates
 * @param interfaces of the machine that graphs may use
 * @param switchDriver name of a switch driver, or {@code auto}
 * @param running how functions are to be run
 * @param archives which archives of functions it takes
 * @param operator what may be said besides
 */
public record NodeOptions(
    String name,
    InetSocketAddress listen,
    Path state,
    Path functions,
    Set<String> interfaces,
    String switchDriver,
    RunningPolicy running,
    ArchiveOptions archives,
    OperatorOptions operator) {

  /** A node that is told only where it is and what it may use. */
  public NodeOptions(
      String name,
      InetSocketAddress listen,
      Path state,
      Path functions,
      Set<String> interfaces,
      String switchDriver,
      RunningPolicy running) {
    this(
        name,
        listen,
        state,
        functions,
        interfaces,
        switchDriver,
        running,
        ArchiveOptions.in(state));
  }

  /** A node of which nothing else is said. */
  public NodeOptions(
      String name,
      InetSocketAddress listen,
      Path state,
      Path functions,
      Set<String> interfaces,
      String switchDriver,
      RunningPolicy running,
      ArchiveOptions archives) {
    this(
        name,
        listen,
        state,
        functions,
        interfaces,
        switchDriver,
        running,
        archives,
        OperatorOptions.DEFAULT);
  }

  /** The same node that says something else of itself. */
  public NodeOptions with(NorthboundOptions other) {
    return with(operator.with(other));
  }

  /** The same with templates of other sources, too. */
  NodeOptions with(CatalogOptions sources) {
    return with(operator.with(sources));
  }

  /** The same with other limits. */
  NodeOptions with(List<Limit> others) {
    return with(operator.with(others));
  }

  /** The same that lets others in, too. */
  NodeOptions with(SecurityOptions others) {
    return with(operator.with(others));
  }

  private NodeOptions with(OperatorOptions other) {
    return new NodeOptions(
        name, listen, state, functions, interfaces, switchDriver, running, archives, other);
  }

  public NodeOptions {
    if (!name.matches("[a-z0-9]{1,24}")) {
      throw Problem.of(Problem.Code.INVALID_DOCUMENT, "\"" + name + "\" can't be a node's name")
          .next("use 1 to 24 lower-case letters and digits")
          .asException();
    }
    state = state.toAbsolutePath();
    functions = functions.toAbsolutePath();
    interfaces = Set.copyOf(interfaces);
  }
}
