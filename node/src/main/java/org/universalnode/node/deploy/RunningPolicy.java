package org.universalnode.node.deploy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.universalnode.catalog.Dependency;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.compute.Containment;
import org.universalnode.nffg.Isolation;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * How the operator wants instances to be run. Of what a template asks for and what is demanded here
 * the stricter is done.
 *
 * @param shared names of templates of which one instance serves all graphs
 * @param memoryPercent of the machine's memory that functions may be promised
 * @param groups of users that graphs belong to, by the graph's id; empty for none
 */
public record RunningPolicy(
    List<Demand> isolation, Set<String> shared, int memoryPercent, UnaryOperator<String> groups) {
  /** Every template gets what it asks for. */
  public static final RunningPolicy AS_ASKED = new RunningPolicy(List.of(), Set.of());

  /** All that there is and no more. */
  public static final int DEFAULT_MEMORY_PERCENT = 100;

  public static final int MOST_MEMORY_PERCENT = 1_000;

  private static final long MEGABYTE = 1L << 20;

  /** Limits of a function whose template says none. */
  private static final int UNSTATED_MEGABYTES = 256;

  private static final int UNSTATED_PROCESSES = 512;

  /**
   * The least isolation of graphs.
   *
   * @param graphs a graph's id, or how ids begin and a star, or those of a group of users
   */
  public record Demand(String graphs, Isolation least) {

    /**
     * Reads {@code user}, for all graphs, or {@code tenant-1*=user}, or {@code group:blue=user}.
     *
     * @throws org.universalnode.problem.ProblemException if it is neither
     */
    public static Demand parse(String text) {
      int equals = text.lastIndexOf('=');
      String rung = text.substring(equals + 1);
      return new Demand(
          equals < 0 ? GraphPattern.EVERY : text.substring(0, equals),
          Isolation.named(rung)
              .orElseThrow(
                  () ->
                      Problem.of(Code.INVALID_DOCUMENT, "no isolation is called \"" + rung + "\"")
                          .next("use network, jail or user; for some graphs: tenant-1*=user")
                          .asException()));
    }

    private boolean isFor(String graph, String group) {
      return new GraphPattern(graphs).matches(graph, group);
    }
  }

  /** One that promises what there is. */
  public RunningPolicy(List<Demand> isolation, Set<String> shared) {
    this(isolation, shared, DEFAULT_MEMORY_PERCENT);
  }

  /** One that knows of no groups of users. */
  public RunningPolicy(List<Demand> isolation, Set<String> shared, int memoryPercent) {
    this(isolation, shared, memoryPercent, _ -> "");
  }

  /** The same that knows to which group of users a graph belongs. */
  public RunningPolicy with(UnaryOperator<String> known) {
    return new RunningPolicy(isolation, shared, memoryPercent, known);
  }

  public RunningPolicy {
    isolation = List.copyOf(isolation);
    shared = Set.copyOf(shared);
  }

  /** What an instance of its own may use of the machine. */
  Containment containment(String graph, FunctionTemplate template) {
    return containment(template, rung(graph, template));
  }

  /**
   * The shared instance that serves a graph.
   *
   * @param image what it runs; graphs with another image, or that came when the operator demanded
   *     another isolation, have another instance
   * @return empty if the graph has one of its own
   */
  Optional<String> shared(String graph, FunctionTemplate template, String image) {
    if (!isShared(graph, template)) {
      return Optional.empty();
    }
    String digest = String.valueOf(Path.of(image).getFileName());
    String version = digest.substring(0, Math.min(8, digest.length()));
    return Optional.of(template.name() + "-" + version + "-" + usual(template));
  }

  /** Whether the graph would have an instance in common with others. */
  boolean isShared(String graph, FunctionTemplate template) {
    boolean wanted = template.multitenancy() && shared.contains(template.name());
    boolean single = template.running().single();
    boolean usual = rung(graph, template) == usual(template);
    if (single && !usual) {
      throw Problem.of(
              Code.UNSUPPORTED,
              "%s can run once on a machine, and graph %s has to be isolated more than others"
                  .formatted(template.name(), graph))
          .next("demand that isolation for all graphs, or for none")
          .asException();
    }
    return usual && (wanted || single);
  }

  private Isolation rung(String graph, FunctionTemplate template) {
    return isolation.stream()
        .filter(demand -> demand.isFor(graph, groups.apply(graph)))
        .map(Demand::least)
        .reduce(template.running().isolation().orElse(Isolation.NETWORK), Isolation::or);
  }

  /** How a template's instances are isolated, where nobody demands more for a graph. */
  Isolation usual(FunctionTemplate template) {
    return isolation.stream()
        .filter(demand -> demand.graphs().equals(GraphPattern.EVERY))
        .map(Demand::least)
        .reduce(template.running().isolation().orElse(Isolation.NETWORK), Isolation::or);
  }

  private static Containment containment(FunctionTemplate template, Isolation rung) {
    return new Containment(
        rung,
        template.resources().memoryMegabytes().orElse(UNSTATED_MEGABYTES) * MEGABYTE,
        template.running().processes().orElse(UNSTATED_PROCESSES),
        template.running().cpuPercent(),
        paths(template, Dependency.Type.FILE),
        paths(template, Dependency.Type.DEVICE));
  }

  private static List<Path> paths(FunctionTemplate template, Dependency.Type type) {
    List<Path> paths = new ArrayList<>();
    for (Dependency dependency : template.dependencies()) {
      if (dependency.type() == type) {
        paths.add(path(template, dependency));
      }
    }
    return paths;
  }

  private static Path path(FunctionTemplate template, Dependency dependency) {
    try {
      Path path = Path.of(dependency.name());
      if (path.isAbsolute() && path.equals(path.normalize())) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw wrong(template, dependency);
    }
    throw wrong(template, dependency);
  }

  private static RuntimeException wrong(FunctionTemplate template, Dependency dependency) {
    return Problem.of(
            Code.INVALID_DOCUMENT,
            "the template %s needs the %s \"%s\", which is no absolute path"
                .formatted(template.name(), dependency.type(), dependency.name()))
        .next("write the whole path, without . and ..")
        .asException();
  }
}
