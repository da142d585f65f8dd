package org.universalnode.catalog.trust;

import java.nio.charset.StandardCharsets;
import org.universalnode.catalog.FunctionVersion;

/**
 * What a publisher says with a signature: this content is that version of my function.
 *
 * @param publisher id of the key, see {@link PublisherKey}
 * @param function name of the function's template
 * @param sha256 of the archive, in lower-case hex
 */
public record Statement(String publisher, String function, FunctionVersion version, String sha256) {
  private static final int NAME_CHARACTERS = 128;

  /**
   * Takes what the text form can hold.
   *
   * @throws org.universalnode.problem.ProblemException with INVALID_DOCUMENT for anything else
   */
  public Statement {
    requireDigest(publisher, "publisher");
    requireDigest(sha256, "sha256");
    if (function.isBlank()
        || function.length() > NAME_CHARACTERS
        || function.chars().anyMatch(Character::isISOControl)) {
      throw TrustProblem.invalid(
          "the name of the function is empty, too long or not printable",
          "name it as its template does, in at most " + NAME_CHARACTERS + " characters");
    }
  }

  /** The bytes that are signed, which are the first five lines of the file. */
  byte[] bytes() {
    return text().getBytes(StandardCharsets.UTF_8);
  }

  String text() {
    return SignatureText.FIRST_LINE
        + "\npublisher %s\nfunction %s\nversion %s\nsha256 %s\n"
            .formatted(publisher, function, version, sha256);
  }

  private static void requireDigest(String hex, String what) {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw TrustProblem.invalid(
          what + " is not 64 lower-case hexadecimal digits", "write a SHA-256");
    }
  }
}
