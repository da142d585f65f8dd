package org.universalnode.node.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.universalnode.problem.Problem;

/** The interfaces of the machine that the operator gave to the node. No other one is touched. */
public record HostInterfaces(Set<String> given) {
  private static final Path KERNEL = Path.of("/sys/class/net");

  public HostInterfaces {
    given = java.util.Collections.unmodifiableSet(new TreeSet<>(given));
  }

  /** Why a graph may not use the interface; empty if it may. */
  public Optional<Problem> refusal(String name) {
    if (!name.matches("[^\\s/:]{1,15}") || name.equals(".") || name.equals("..")) {
      return Optional.of(
          Problem.of(Problem.Code.INVALID_DOCUMENT, "\"" + name + "\" is not an interface name")
              .next("a name has at most 15 characters, no space, no slash and no colon"));
    }
    if (!Files.exists(KERNEL.resolve(name))) {
      return Optional.of(
          Problem.of(
                  Problem.Code.UNKNOWN_REFERENCE,
                  "there is no interface \"" + name + "\" on this node")
              .next("name one of those given to it: " + list()));
    }
    if (!given.contains(name)) {
      return Optional.of(
          Problem.of(
                  Problem.Code.FORBIDDEN,
                  "the interface \"" + name + "\" was not given to the node")
              .next("start the node with --interface " + name + "; given are: " + list()));
    }
    return Optional.empty();
  }

  private String list() {
    return given.isEmpty() ? "none" : String.join(", ", given);
  }
}
