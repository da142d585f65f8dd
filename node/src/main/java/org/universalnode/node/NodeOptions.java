package org.universalnode.node;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.universalnode.node.config.InitialGraph;
import org.universalnode.node.deploy.HealthIntervals;
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
 * @param users ids of users that may talk to it, besides root and the one it runs as
 * @param limits what graphs may use of it
 * @param health how often it looks after what it runs
 * @param graphs that it has from its start
 * @param northbound what it says of itself, and to whom
 * @param catalog where templates come from besides
 * @param security who is let in besides users of the machine
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
    Set<Integer> users,
    List<Limit> limits,
    HealthIntervals health,
    List<InitialGraph> graphs,
    NorthboundOptions northbound,
    CatalogOptions catalog,
    SecurityOptions security) {

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

  /** A node without graphs of its own, with the limits that a node has by default. */
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
        Set.of(),
        List.of(Limit.DEFAULT),
        HealthIntervals.DEFAULT,
        List.of(),
        NorthboundOptions.NONE,
        CatalogOptions.NONE,
        SecurityOptions.NONE);
  }

  /** The same node that says something else of itself. */
  public NodeOptions with(NorthboundOptions other) {
    return new NodeOptions(
        name,
        listen,
        state,
        functions,
        interfaces,
        switchDriver,
        running,
        archives,
        users,
        limits,
        health,
        graphs,
        other,
        catalog,
        security);
  }

  /** The same with templates of other sources, too. */
  NodeOptions with(CatalogOptions sources) {
    return new NodeOptions(
        name,
        listen,
        state,
        functions,
        interfaces,
        switchDriver,
        running,
        archives,
        users,
        limits,
        health,
        graphs,
        northbound,
        sources,
        security);
  }

  /** The same with other limits. */
  NodeOptions with(List<Limit> others) {
    return new NodeOptions(
        name,
        listen,
        state,
        functions,
        interfaces,
        switchDriver,
        running,
        archives,
        users,
        others,
        health,
        graphs,
        northbound,
        catalog,
        security);
  }

  /** The same that lets others in, too. */
  NodeOptions with(SecurityOptions others) {
    return new NodeOptions(
        name,
        listen,
        state,
        functions,
        interfaces,
        switchDriver,
        running,
        archives,
        users,
        limits,
        health,
        graphs,
        northbound,
        catalog,
        others);
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
    users = Set.copyOf(users);
    limits = List.copyOf(limits);
    graphs = List.copyOf(graphs);
  }
}
