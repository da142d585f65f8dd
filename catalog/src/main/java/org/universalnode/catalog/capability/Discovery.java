package org.universalnode.catalog.capability;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.universalnode.catalog.Dependency;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * What this machine offers, found out question by question: nothing is read before somebody asks
 * for it, and nothing that the question does not need. Answers follow the machine: programs, files
 * and packages that come or go are noticed when they are asked for again. Safe for many threads.
 */
public final class Discovery {
  /** The PATH with which handlers of native functions run. */
  public static final String HANDLER_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final FileTree tree;
  private final Executables executables;
  private final Packages packages;
  private final Libraries libraries;
  private final KernelFeatures kernel;
  private final PackageHints hints;

  /**
   * A discovery that has not looked at anything yet.
   *
   * @param root where the machine's files are; not "/" only for tests
   */
  public Discovery(Path root, Programs programs, KernelTrial trial) {
    tree = new FileTree(root);
    executables = new Executables(tree, HANDLER_PATH);
    packages = new Packages(tree, executables, programs);
    libraries = new Libraries(tree);
    kernel = new KernelFeatures(tree, trial);
    hints = new PackageHints(tree, executables, packages);
  }

  /** Whether the machine offers that. */
  public Finding find(Dependency wanted) {
    try {
      return switch (wanted.type()) {
        case PACKAGE -> installed(wanted);
        case EXECUTABLE, SCRIPT -> found(wanted, executables.find(wanted.name()));
        case LIBRARY -> found(wanted, libraries.find(wanted.name()));
        case KERNEL_FEATURE -> hinted(wanted, kernel.find(wanted.name()));
        case DEVICE -> found(wanted, device(wanted.name()));
        case FILE -> found(wanted, file(wanted.name()));
      };
    } catch (InvalidPathException e) {
      return absent(wanted, "name it with characters that file names have here");
    } catch (UncheckedIOException | ProblemException e) {
      return unknown(wanted, Problem.of(e));
    }
  }

  FileTree tree() {
    return tree;
  }

  private Finding installed(Dependency wanted) {
    Optional<Boolean> installed = packages.isInstalled(wanted.name());
    if (installed.isEmpty()) {
      Problem reason =
          Problem.of(Code.UNSUPPORTED, "the machine has no database of packages")
              .next("name executables or files in the template instead");
      return unknown(wanted, reason);
    }
    return installed.get()
        ? new Finding.Present("the database of packages")
        : absent(wanted, "install the package " + wanted.name());
  }

  private Optional<String> file(String name) {
    return Optional.of(name).filter(path -> path.startsWith("/")).filter(tree::exists);
  }

  /** {@code /dev/net/tun}, {@code net/tun}; a plain file or a folder of that name is no device. */
  private Optional<String> device(String name) {
    String path = name.startsWith("/") ? name : "/dev/" + name;
    return Optional.of(path)
        .filter(tree::exists)
        .filter(at -> !Files.isRegularFile(tree.at(at)) && !Files.isDirectory(tree.at(at)));
  }

  private Finding found(Dependency wanted, Optional<String> path) {
    return path.<Finding>map(Finding.Present::new).orElseGet(() -> absent(wanted, advice(wanted)));
  }

  private static String advice(Dependency wanted) {
    boolean pathNeeded = wanted.type() == Dependency.Type.FILE && !wanted.name().startsWith("/");
    return pathNeeded ? "name the file by its absolute path" : "install it";
  }

  private Finding absent(Dependency wanted, String otherwise) {
    return new Finding.Absent(
        Problem.of(Code.UNSUPPORTED, "there is no " + words(wanted))
            .next(hints.nextStep(wanted, otherwise)));
  }

  private Finding hinted(Dependency wanted, Finding finding) {
    return switch (finding) {
      case Finding.Present _, Finding.Unknown _ -> finding;
      case Finding.Absent(Problem problem) ->
          new Finding.Absent(problem.next(hints.nextStep(wanted, problem.nextStep())));
    };
  }

  private static Finding unknown(Dependency wanted, Problem reason) {
    return new Finding.Unknown(reason.during("whether there is a " + words(wanted)));
  }

  private static String words(Dependency wanted) {
    return switch (wanted.type()) {
          case KERNEL_FEATURE -> "feature of the kernel ";
          case PACKAGE, EXECUTABLE, SCRIPT, LIBRARY, DEVICE, FILE -> wanted.type() + " ";
        }
        + JsonText.quoted(wanted.name());
  }
}
