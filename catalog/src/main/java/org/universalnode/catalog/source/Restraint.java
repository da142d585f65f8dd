package org.universalnode.catalog.source;

import java.nio.file.Path;
import java.util.Optional;
import org.universalnode.catalog.Dependency;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.ImageType;
import org.universalnode.catalog.ImplementationType;
import org.universalnode.catalog.Running;
import org.universalnode.catalog.TemplateReader;
import org.universalnode.catalog.TemplateWriters;
import org.universalnode.nffg.Isolation;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * What a template of another machine may do here. Nobody signed it, so it gets nothing of this
 * machine that an operator has to grant: only its archive, if that is signed, in a jail.
 *
 * @param writers ANYBODY takes whatever there is, but no files of this machine
 */
record Restraint(TemplateWriters writers) {
  /** A template of another machine is in no folder of this one. */
  private static final Path NOWHERE = Path.of("/nonexistent");

  /**
   * Reads a template.
   *
   * @throws ProblemException FORBIDDEN if it asks for too much, or what is wrong with it
   */
  FunctionTemplate read(String text) {
    FunctionTemplate template = TemplateReader.read(text, NOWHERE);
    if (template.image().type() == ImageType.LOCAL_FILE) {
      throw refused(template, "names a file of this machine as its image");
    }
    return switch (writers) {
      case ANYBODY -> template;
      case OWNERS -> restrained(template);
    };
  }

  private static FunctionTemplate restrained(FunctionTemplate template) {
    if (template.image().type() == ImageType.DOCKER_REGISTRY) {
      throw refused(template, "names an image that nobody has to sign");
    }
    Optional<Dependency> grant =
        template.dependencies().stream().filter(one -> isGrant(one.type())).findFirst();
    if (grant.isPresent()) {
      String wanted = grant.get().type() + " " + grant.get().name();
      throw refused(template, "wants the " + wanted + " of this machine");
    }
    if (template.running().single()) {
      throw refused(template, "wants one instance to serve all graphs");
    }
    return template.type() == ImplementationType.NATIVE ? jailed(template) : template;
  }

  /** Files and devices are not only looked for: the function may use them. */
  private static boolean isGrant(Dependency.Type type) {
    return switch (type) {
      case FILE, DEVICE -> true;
      case PACKAGE, EXECUTABLE, SCRIPT, LIBRARY, KERNEL_FEATURE -> false;
    };
  }

  private static FunctionTemplate jailed(FunctionTemplate template) {
    Running asked = template.running();
    Isolation isolation = asked.isolation().orElse(Isolation.JAIL).or(Isolation.JAIL);
    return template.run(
        new Running(
            Optional.of(isolation),
            asked.single(),
            asked.processes(),
            asked.cpuPercent(),
            asked.hotplug()));
  }

  private static ProblemException refused(FunctionTemplate template, String what) {
    return Problem.of(Code.FORBIDDEN, "the template " + template.name() + " " + what)
        .next("a template of another machine may not; look at it, and copy it into a folder here")
        .asException();
  }
}
