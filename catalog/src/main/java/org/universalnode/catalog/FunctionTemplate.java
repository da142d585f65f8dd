package org.universalnode.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.json.JsonPointer;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.Result;

/**
 * One implementation of a functional capability: what it is, where its image is, what it needs.
 *
 * @param name unique in a catalog, but for other versions
 * @param version what its publisher has to have signed, if the archive is signed
 * @param functionalCapability what it can do, such as {@code firewall}
 * @param description for people; empty if absent
 * @param type what runs it
 * @param image what it runs
 * @param resources how much of the machine it needs
 * @param ports by label, none overlapping another; empty if the template does not say them: then it
 *     takes any
 * @param multitenancy whether one instance can serve several graphs
 * @param dependencies what the machine must offer
 * @param running how its instances want to be run
 * @param extras what the document says besides ({@code uri-yang}, {@code expandable}): a JSON
 *     object as canonical text, kept and not used
 */
public record FunctionTemplate(
    String name,
    FunctionVersion version,
    String functionalCapability,
    String description,
    ImplementationType type,
    ImageAddress image,
    Resources resources,
    List<PortRange> ports,
    boolean multitenancy,
    List<Dependency> dependencies,
    Running running,
    String extras) {
  /** By name, and of one name the newest first. */
  static final Comparator<FunctionTemplate> IN_ORDER =
      Comparator.comparing(FunctionTemplate::name)
          .thenComparing(FunctionTemplate::version, FunctionVersion.NEWEST_FIRST);

  /**
   * Brings the extras into canonical form.
   *
   * @throws org.universalnode.problem.ProblemException if they are no JSON object
   */
  public FunctionTemplate {
    ports = List.copyOf(ports);
    dependencies = List.copyOf(dependencies);
    extras = JsonText.canonical(ExtraKeys.object(extras));
  }

  /** The same, run in another way. */
  public FunctionTemplate run(Running otherwise) {
    return new FunctionTemplate(
        name,
        version,
        functionalCapability,
        description,
        type,
        image,
        resources,
        ports,
        multitenancy,
        dependencies,
        otherwise,
        extras);
  }

  /**
   * Ports of a graph, which {@link #checkPorts} finds good, in the order in which the function
   * wants them: by position, or as the graph gives them if the template does not say.
   */
  public List<PortLabel> inOrder(List<PortLabel> given) {
    return ports.isEmpty()
        ? List.copyOf(given)
        : given.stream().sorted(Comparator.comparing(port -> position(port).orThrow())).toList();
  }

  /**
   * Where a port of a graph stands among all ports of the function, counted from 0: the start of
   * its label's range plus its index. Templates whose positions count from 1 mean the same.
   */
  Result<Integer> position(PortLabel port) {
    return range(port).map(range -> range.positions().first() + port.index() - lowest());
  }

  /**
   * What is wrong with a graph's ports of this function: labels and indexes that it does not have,
   * ports given twice, labels with too few ports. The pointer of a problem is {@code /<n>} for the
   * n-th port, counted from 0, and empty for a missing port.
   */
  public List<Problem> checkPorts(List<PortLabel> given) {
    List<Problem> problems = new ArrayList<>();
    Set<PortLabel> seen = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      String pointer = JsonPointer.child("", i);
      PortLabel port = given.get(i);
      Optional<Problem> problem = seen.add(port) ? problem(port) : Optional.of(twice(port));
      problem.map(found -> found.at(pointer)).ifPresent(problems::add);
    }
    ports.stream().flatMap(range -> missing(range, seen).stream()).forEach(problems::add);
    return List.copyOf(problems);
  }

  private Optional<Problem> problem(PortLabel port) {
    if (ports.isEmpty()) {
      return Optional.empty();
    }
    return switch (range(port)) {
      case Result.Done<PortRange> _ -> Optional.empty();
      case Result.Failed<PortRange>(Problem problem) -> Optional.of(problem);
    };
  }

  private static Problem twice(PortLabel port) {
    return Problem.of(Code.INVALID_DOCUMENT, "the port " + port + " is given twice")
        .next("number the ports of a label 0, 1, ...");
  }

  private Optional<Problem> missing(PortRange range, Set<PortLabel> given) {
    long count = given.stream().filter(port -> port.label().equals(range.label())).count();
    if (count >= range.min()) {
      return Optional.empty();
    }
    String detail =
        "%s needs at least %d %s labelled %s, and the graph gives it %d"
            .formatted(
                subject(),
                range.min(),
                range.min() == 1 ? "port" : "ports",
                JsonText.quoted(range.label()),
                count);
    return Optional.of(
        Problem.of(Code.INVALID_DOCUMENT, detail).next("add " + range.label() + ":" + count));
  }

  private Result<PortRange> range(PortLabel port) {
    Optional<PortRange> range =
        ports.stream().filter(candidate -> candidate.label().equals(port.label())).findFirst();
    if (range.isEmpty()) {
      String detail =
          "%s has no port labelled %s".formatted(subject(), JsonText.quoted(port.label()));
      return Result.failed(
          Problem.of(Code.UNKNOWN_REFERENCE, detail).next("its labels are " + labels()));
    }
    if (port.index() >= range.get().capacity()) {
      String detail = "%s has no port %s".formatted(subject(), port);
      String next = "the last one is " + port.label() + ":" + (range.get().capacity() - 1);
      return Result.failed(Problem.of(Code.UNKNOWN_REFERENCE, detail).next(next));
    }
    return Result.done(range.get());
  }

  private String labels() {
    return ports.stream().map(PortRange::label).collect(Collectors.joining(", "));
  }

  private int lowest() {
    return ports.stream().mapToInt(range -> range.positions().first()).min().orElse(0);
  }

  private String subject() {
    return "the function template " + JsonText.quoted(name);
  }
}
