package org.universalnode.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.TemplateReader;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** An archive on this machine, and what stands beside it. */
final class FunctionFiles {
  private static final String TEMPLATE = "template.json";

  private FunctionFiles() {}

  /** The path that the command line names. */
  static Path path(String name, Invocation call) {
    try {
      return Path.of(name).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw call.refused("not the name of a file: " + name);
    }
  }

  /**
   * The template beside an archive; empty if there is none.
   *
   * @throws ProblemException if there is one with errors
   */
  static Optional<FunctionTemplate> template(Path archive) {
    Path file = archive.resolveSibling(TEMPLATE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String text = DocumentFile.text(file.toString(), InputStream.nullInputStream());
    return Optional.of(TemplateReader.read(text, file.resolveSibling("")));
  }

  /** SHA-256 of a file, in lower-case hex. */
  static String sha256(Path archive) {
    try (InputStream in = Files.newInputStream(archive)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[64 << 10];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      Problem problem =
          Problem.of(Code.NOT_FOUND, "cannot read " + archive + ": " + e.getClass().getSimpleName())
              .next("give the path of an archive");
      throw new ProblemException(List.of(problem), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
