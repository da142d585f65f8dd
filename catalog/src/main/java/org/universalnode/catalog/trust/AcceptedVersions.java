package org.universalnode.catalog.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.universalnode.catalog.FunctionVersion;
import org.universalnode.catalog.file.SmallFile;
import org.universalnode.problem.ProblemException;

/**
 * The newest version of each publisher's functions that this node took, and its content, on the
 * disk: one file for each, four lines {@code publisher}, {@code function}, {@code version} and
 * {@code sha256}. An operator who wants to go back deletes the file. Safe for many threads.
 */
final class AcceptedVersions {
  private static final int FILE_BYTES = 1_024;
  private static final String VERSION = "version ";
  private static final String CONTENT = "\nsha256 ";

  /** What was taken; before contents were recorded there is none. */
  private record Accepted(FunctionVersion version, Optional<String> sha256) {
    static final Accepted NONE = new Accepted(FunctionVersion.NONE, Optional.empty());
  }

  private final Path folder;

  AcceptedVersions(Path folder) {
    this.folder = folder;
  }

  /**
   * Refuses what is older than a version that was taken before, and another content of the same
   * one.
   */
  synchronized void check(Statement statement) {
    Path file = file(statement);
    Accepted accepted = newest(statement, file).orElse(Accepted.NONE);
    FunctionVersion newest = accepted.version();
    boolean same =
        !statement.version().isOlderThan(newest) && !statement.version().isNewerThan(newest);
    if (same && accepted.sha256().filter(taken -> !taken.equals(statement.sha256())).isPresent()) {
      throw TrustProblem.forbidden(
          "this node took another content as its version " + newest + " before",
          "give a new content a new, higher version; to take this one all the same, delete "
              + file);
    }
    if (statement.version().isOlderThan(newest)) {
      throw TrustProblem.forbidden(
          "its version %s is older than %s, which this node took before"
              .formatted(statement.version(), newest),
          "use a newer one; to go back on purpose, delete " + file);
    }
  }

  /**
   * Returns when the version, if it is the newest, is on the disk. Refuses what {@link #check}
   * does: another one may have been taken since.
   */
  synchronized void remember(Statement statement) {
    check(statement);
    Path file = file(statement);
    Optional<Accepted> newest = newest(statement, file);
    boolean known =
        newest
            .filter(taken -> !statement.version().isNewerThan(taken.version()))
            .filter(taken -> taken.sha256().isPresent())
            .isPresent();
    if (!known) {
      try {
        Files.createDirectories(folder);
        String text =
            identity(statement)
                + VERSION
                + statement.version()
                + CONTENT
                + statement.sha256()
                + "\n";
        SmallFile.write(file, text.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw TrustProblem.file("write " + file, e);
      }
    }
  }

  private static Optional<Accepted> newest(Statement statement, Path file) {
    try {
      return SmallFile.read(file, FILE_BYTES)
          .map(bytes -> accepted(new String(bytes, StandardCharsets.UTF_8), statement, file));
    } catch (IOException e) {
      throw TrustProblem.file("read " + file, e);
    }
  }

  private static Accepted accepted(String text, Statement statement, Path file) {
    String before = identity(statement) + VERSION;
    try {
      if (text.startsWith(before) && text.endsWith("\n")) {
        String rest = text.substring(before.length(), text.length() - 1);
        int content = rest.indexOf(CONTENT);
        return content < 0
            ? new Accepted(new FunctionVersion(rest), Optional.empty())
            : new Accepted(
                new FunctionVersion(rest.substring(0, content)),
                Optional.of(rest.substring(content + CONTENT.length())));
      }
    } catch (ProblemException e) {
      throw new ProblemException(List.of(damaged(file).first()), e);
    }
    throw damaged(file);
  }

  private static ProblemException damaged(Path file) {
    return TrustProblem.forbidden(
        "the record of the newest version, " + file + ", is damaged",
        "delete it when you know that the archive is not an older one");
  }

  private Path file(Statement statement) {
    return folder.resolve(statement.publisher() + "-" + digest(statement.function()));
  }

  private static String identity(Statement statement) {
    return "publisher %s\nfunction %s\n".formatted(statement.publisher(), statement.function());
  }

  private static String digest(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
