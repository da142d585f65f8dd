package org.universalnode.compute.libvirt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * Asks libvirt by its own program, which can be ended when it takes too long, and takes nothing of
 * the node with it when it fails (virsh(1)).
 */
record Virsh(String uri, Commands commands) {
  static final Path PROGRAM = Path.of("/usr/bin/virsh");
  private static final String NO_DOMAIN = "failed to get domain";
  private static final String NO_ENGINE = "failed to connect to the hypervisor";

  /**
   * What libvirt answers.
   *
   * @throws ProblemException if it refuses, or does not answer
   */
  String call(String... words) {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "--connect", uri));
    command.addAll(List.of(words));
    Commands.Output output = commands.run(command);
    if (output.status() != 0) {
      throw refused(output.text());
    }
    return output.text();
  }

  /** States of all domains, by their names. */
  Map<String, DomainState> domains() {
    Map<String, DomainState> all = new HashMap<>();
    for (String line : call("--quiet", "list", "--all").lines().toList()) {
      String[] words = line.strip().split("\\s+", 3); // id, name, state
      if (words.length == 3) {
        all.put(words[1], DomainState.of(words[2]));
      }
    }
    return all;
  }

  Optional<DomainState> domain(String name) {
    return Optional.ofNullable(domains().get(name));
  }

  /** Ends a domain; one that is not there is fine. */
  void destroy(String name) {
    try {
      call("destroy", name);
    } catch (ProblemException e) {
      if (domain(name).filter(DomainState::lives).isPresent()) {
        throw e;
      }
    }
  }

  private static ProblemException refused(String text) {
    String reason = text.replaceAll("(?m)^error: ", "").replace('\n', ' ').strip();
    if (text.contains(NO_ENGINE)) {
      return Problem.of(Problem.Code.UNSUPPORTED, "libvirt does not run: " + reason)
          .next("start libvirtd")
          .asException();
    }
    Problem.Code code = text.contains(NO_DOMAIN) ? Problem.Code.NOT_FOUND : Problem.Code.HANDLER;
    return Problem.of(code, "libvirt refuses: " + reason)
        .next("see the log of libvirtd")
        .asException();
  }
}
