package org.universalnode.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** The file, or standard input, that holds a service graph. Its content is the node's business. */
final class GraphFile {
  private static final int LONGEST = 1 << 20;
  private static final String STANDARD_INPUT = "-";

  private GraphFile() {}

  /**
   * The bytes of the file {@code name}, or of {@code in} if that is "-".
   *
   * @throws ProblemException if it can't be read, is empty, or is longer than 1 MiB
   */
  static byte[] read(String name, InputStream in) {
    byte[] content = name.equals(STANDARD_INPUT) ? content(name, in) : content(name);
    if (content.length == 0) {
      throw Problem.of(Code.INVALID_DOCUMENT, name + " is empty")
          .next("give a file that holds a forwarding-graph")
          .asException();
    }
    if (content.length > LONGEST) {
      throw Problem.of(Code.LIMIT, name + " is longer than " + LONGEST + " bytes")
          .next("split the graph; a node takes no larger one")
          .asException();
    }
    return content;
  }

  private static byte[] content(String name) {
    try (InputStream file = Files.newInputStream(Path.of(name))) {
      return content(name, file);
    } catch (NoSuchFileException e) {
      throw unreadable(name, "no such file", e);
    } catch (IOException | InvalidPathException e) {
      throw unreadable(name, reason(e), e);
    }
  }

  private static byte[] content(String name, InputStream in) {
    try {
      return in.readNBytes(LONGEST + 1);
    } catch (IOException e) {
      throw unreadable(name, reason(e), e);
    }
  }

  private static String reason(Exception e) {
    return e.getClass().getSimpleName() + " " + Objects.requireNonNullElse(e.getMessage(), "");
  }

  private static ProblemException unreadable(String name, String why, Exception cause) {
    Problem problem =
        Problem.of(Code.NOT_FOUND, "cannot read " + name + ": " + why)
            .next("give the path of a graph's JSON file, or - for standard input");
    return new ProblemException(List.of(problem), cause);
  }
}
