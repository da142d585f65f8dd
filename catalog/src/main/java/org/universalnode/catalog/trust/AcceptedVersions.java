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
 * The newest version of each publisher's functions that this node took, on the disk: one file for
 * each, three lines {@code publisher}, {@code function} and {@code version}. An operator who wants
 * to go back deletes the file. Safe for many threads.
 */
final class AcceptedVersions {
  private static final int FILE_BYTES = 1_024;
  private static final String VERSION = "version ";

  private final Path folder;

  AcceptedVersions(Path folder) {
    this.folder = folder;
  }

  /** Refuses what is older than a version that was taken before. */
  synchronized void check(Statement statement) {
    Path file = file(statement);
    FunctionVersion newest = newest(statement, file).orElse(FunctionVersion.NONE);
    if (statement.version().isOlderThan(newest)) {
      throw TrustProblem.forbidden(
          "its version %s is older than %s, which this node took before"
              .formatted(statement.version(), newest),
          "use a newer one; to go back on purpose, delete " + file);
    }
  }

  /** Returns when the version, if it is the newest, is on the disk. */
  synchronized void remember(Statement statement) {
    Path file = file(statement);
    Optional<FunctionVersion> newest = newest(statement, file);
    if (newest.isEmpty() || statement.version().isNewerThan(newest.get())) {
      try {
        Files.createDirectories(folder);
        String text = identity(statement) + VERSION + statement.version() + "\n";
        SmallFile.write(file, text.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw TrustProblem.file("write " + file, e);
      }
    }
  }

  private static Optional<FunctionVersion> newest(Statement statement, Path file) {
    try {
      return SmallFile.read(file, FILE_BYTES)
          .map(bytes -> version(new String(bytes, StandardCharsets.UTF_8), statement, file));
    } catch (IOException e) {
      throw TrustProblem.file("read " + file, e);
    }
  }

  private static FunctionVersion version(String text, Statement statement, Path file) {
    String before = identity(statement) + VERSION;
    try {
      if (text.startsWith(before) && text.endsWith("\n")) {
        return new FunctionVersion(text.substring(before.length(), text.length() - 1));
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
