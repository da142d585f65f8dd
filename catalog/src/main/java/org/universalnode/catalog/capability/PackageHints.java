package org.universalnode.catalog.capability;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.universalnode.catalog.Dependency;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * Says how to get what is missing. Installed packages that lack a file of theirs come first, then
 * what we know of usual packages, then the indexes of the distribution's archive, which are slow to
 * search.
 */
final class PackageHints {
  private static final System.Logger LOG = System.getLogger(PackageHints.class.getName());

  /** Indexes change when somebody updates them, which is seldom; a hint is worth no more. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  /** For all indexes together. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final FileTree tree;
  private final Executables executables;
  private final Packages packages;
  private final OwnedFiles owned;
  private final ArchiveIndex archive;
  private final Recent<Dependency, String> hints = new Recent<>(KEPT);

  PackageHints(FileTree tree, Executables executables, Packages packages) {
    this.tree = tree;
    this.executables = executables;
    this.packages = packages;
    this.owned = new OwnedFiles(tree);
    this.archive = new ArchiveIndex(tree);
  }

  /** The next step, such as "install the package nftables"; {@code otherwise} if none is known. */
  String nextStep(Dependency missing, String otherwise) {
    String hint = hints.get(missing, this::findIfPossible);
    return hint.isEmpty() ? otherwise : hint;
  }

  /** What is missing is missing, also if nobody can say who brings it. */
  private String findIfPossible(Dependency missing) {
    try {
      return find(missing);
    } catch (UncheckedIOException | ProblemException e) {
      LOG.log(
          System.Logger.Level.WARNING, "can''t say who brings {0}: {1}", missing, Problem.of(e));
      return "";
    }
  }

  private String find(Dependency missing) {
    Predicate<String> file = files(missing);
    Optional<String> owner = owned.owner(file);
    if (owner.isPresent() && packages.isInstalled(owner.get()).orElse(true)) {
      return "install the package " + owner.get() + " again, it is installed and lacks the file";
    }
    return owner
        .or(() -> known(missing))
        .or(() -> indexed(missing, file))
        .map(name -> "install the package " + name)
        .orElse("");
  }

  private Optional<String> known(Dependency missing) {
    String type = missing.type().toString();
    return Distribution.of(tree)
        .flatMap(
            distribution ->
                switch (missing.type()) {
                  case EXECUTABLE, SCRIPT ->
                      KnownPackages.bringing("executable", missing.name(), distribution);
                  case KERNEL_FEATURE ->
                      KnownPackages.bringing(
                          type, KernelName.of(missing.name()).module(), distribution);
                  case LIBRARY -> KnownPackages.bringing(type, stem(missing.name()), distribution);
                  case PACKAGE, DEVICE, FILE -> Optional.empty();
                });
  }

  private Optional<String> indexed(Dependency missing, Predicate<String> file) {
    long end = System.nanoTime() + LIMIT.toNanos();
    return switch (missing.type()) {
      case EXECUTABLE, SCRIPT ->
          archive.withCommand(missing.name(), end).or(() -> archive.withFile(file, end));
      case LIBRARY, FILE -> archive.withFile(file, end);
      case PACKAGE, KERNEL_FEATURE, DEVICE -> Optional.empty();
    };
  }

  /** Files of packages that would fit. */
  private Predicate<String> files(Dependency missing) {
    String name = missing.name();
    return switch (missing.type()) {
      case EXECUTABLE, SCRIPT -> executables.candidates(name)::contains;
      case LIBRARY -> path -> Libraries.isNamed(name, path.substring(path.lastIndexOf('/') + 1));
      case FILE -> name::equals;
      case PACKAGE, KERNEL_FEATURE, DEVICE -> _ -> false;
    };
  }

  private static String stem(String library) {
    String name = library.replaceFirst("\\.so.*", "");
    return name.startsWith("lib") ? name : "lib" + name;
  }
}
