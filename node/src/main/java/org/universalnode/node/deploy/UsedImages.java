package org.universalnode.node.deploy;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.universalnode.node.deploy.GraphEntry.Moment;

/** The images that instances of functions use now, or may be given back in a change under way. */
public final class UsedImages implements Supplier<Set<Path>> {
  private volatile Optional<Orchestrator> graphs = Optional.empty();

  /** From now on these graphs are asked; before, nothing is in use. */
  public void by(Orchestrator orchestrator) {
    graphs = Optional.of(orchestrator);
  }

  @Override
  public Set<Path> get() {
    return graphs.map(Orchestrator::usedImages).orElse(Set.of());
  }

  /** What these graphs want, and what still runs of what they wanted before. */
  static Set<Path> of(Collection<Moment> moments) {
    return moments.stream()
        .flatMap(
            moment ->
                Stream.concat(
                    Stream.of(moment.desired()), moment.deployed().stream().map(Deployed::desired)))
        .flatMap(graph -> graph.functions().values().stream())
        .map(placed -> Path.of(placed.placement().image()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
