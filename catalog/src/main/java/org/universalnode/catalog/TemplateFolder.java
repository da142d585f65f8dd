package org.universalnode.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * What a folder of templates held when it was read: {@code <folder>/<any name>/template.json}.
 *
 * @param templates the good ones, by name, of one name the newest first
 * @param problems what is wrong with the others; each detail begins with the path of the file
 */
public record TemplateFolder(List<FunctionTemplate> templates, List<Problem> problems) {
  private static final String FILE = "template.json";
  private static final int MOST = 1_000;

  public TemplateFolder {
    templates = templates.stream().sorted(FunctionTemplate.IN_ORDER).toList();
    problems = List.copyOf(problems);
  }

  /** Reads a folder that is in the hands of its owners. */
  public static TemplateFolder load(Path folder) {
    return load(folder, TemplateWriters.OWNERS);
  }

  /**
   * Reads the folder. A bad template is a problem and hides no other; so is one that others may
   * have written, and a missing folder.
   */
  public static TemplateFolder load(Path folder, TemplateWriters writers) {
    Map<Identity, FunctionTemplate> byName = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    try {
      for (Path file : files(folder, writers)) {
        add(file, writers, byName, problems);
      }
    } catch (ProblemException e) {
      problems.addAll(e.problems());
    }
    return new TemplateFolder(List.copyOf(byName.values()), problems);
  }

  private static void add(
      Path file,
      TemplateWriters writers,
      Map<Identity, FunctionTemplate> byName,
      List<Problem> problems) {
    try {
      FunctionTemplate template = read(file, writers);
      if (byName.putIfAbsent(Identity.of(template), template) != null) {
        throw Problem.of(
                Code.CONFLICT, "another template has the name " + JsonText.quoted(template.name()))
            .next("rename one of them, or give it another version")
            .asException();
      }
    } catch (ProblemException e) {
      e.problems().stream().map(problem -> problem.during(file.toString())).forEach(problems::add);
    }
  }

  /** What templates of one folder differ by. */
  private record Identity(String name, FunctionVersion version) {
    static Identity of(FunctionTemplate template) {
      return new Identity(template.name(), template.version());
    }
  }

  private static FunctionTemplate read(Path file, TemplateWriters writers) {
    try {
      throwIfAny(writers.refusal(file));
      if (!Files.isRegularFile(file)) {
        throw Problem.of(Code.INVALID_DOCUMENT, "is not a regular file").asException();
      }
      // A character needs at most three bytes of UTF-8 for one UTF-16 unit.
      if (Files.size(file) > 3L * JsonLimits.DOCUMENT.characters()) {
        throw Problem.of(Code.LIMIT, "has " + Files.size(file) + " bytes").asException();
      }
      return TemplateReader.read(Files.readString(file), file.resolveSibling(""));
    } catch (CharacterCodingException e) {
      throw new ProblemException(
          List.of(Problem.of(Code.INVALID_DOCUMENT, "is not text in UTF-8")), e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** In the order of their names, so that the same folder always gives the same catalog. */
  private static List<Path> files(Path folder, TemplateWriters writers) {
    if (!Files.isDirectory(folder)) {
      throw Problem.of(Code.NOT_FOUND, folder + " is not a folder")
          .next("make it, or mend the path of the templates in the node's configuration")
          .asException();
    }
    try (Stream<Path> all = Files.list(folder)) {
      throwIfAny(writers.refusal(folder));
      List<Path> files = all.map(one -> one.resolve(FILE)).filter(Files::exists).sorted().toList();
      if (files.size() > MOST) {
        throw Problem.of(Code.LIMIT, folder + " holds " + files.size() + " templates")
            .next("keep at most " + MOST)
            .asException();
      }
      return files;
    } catch (UncheckedIOException | IOException e) {
      throw unreadable(e).first().during(folder.toString()).asException();
    }
  }

  private static void throwIfAny(Optional<Problem> refusal) {
    if (refusal.isPresent()) {
      throw refusal.get().asException();
    }
  }

  private static ProblemException unreadable(Exception cause) {
    return new ProblemException(
        List.of(Problem.of(Code.KERNEL, "can't be read: " + cause.getMessage())), cause);
  }
}
