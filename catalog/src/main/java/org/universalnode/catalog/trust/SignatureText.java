package org.universalnode.catalog.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.universalnode.catalog.FunctionVersion;
import org.universalnode.catalog.file.SmallFile;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * A signature as it stands beside its archive. There is exactly one text for a statement and its
 * signature: whatever differs by a byte is refused.
 *
 * @param value the 64 bytes of the signature in base64
 */
public record SignatureText(Statement statement, String value) {
  /** What the name of an archive's signature ends in. */
  public static final String SUFFIX = ".sig";

  /** More than any name of a function needs. */
  public static final int MOST_BYTES = 1_024;

  static final String FIRST_LINE = "universal-node-signature 1";
  private static final Pattern FORM =
      Pattern.compile(
          FIRST_LINE
              + "\npublisher ([0-9a-f]{64})\nfunction ([^\n]+)\nversion ([0-9.]{1,39})"
              + "\nsha256 ([0-9a-f]{64})\ned25519 ([A-Za-z0-9+/]{86}==)\n");

  /** The file that holds the signature of an archive. */
  public static Path fileOf(Path archive) {
    return archive.resolveSibling(archive.getFileName() + SUFFIX);
  }

  /** What stands in a file; empty if there is none. */
  public static Optional<byte[]> read(Path file) {
    try {
      return SmallFile.read(file, MOST_BYTES);
    } catch (IOException e) {
      throw TrustProblem.file("read " + file, e);
    }
  }

  /** Puts the signature into a file, in place of an older one. */
  public void write(Path file) {
    try {
      SmallFile.write(file, bytes());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    } catch (IOException e) {
      throw TrustProblem.file("write " + file, e);
    }
  }

  /**
   * Reads a signature; whether it is right is another question.
   *
   * @throws ProblemException with INVALID_DOCUMENT or LIMIT if the bytes are none
   */
  public static SignatureText parse(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw Problem.of(Code.LIMIT, "its signature has more than " + MOST_BYTES + " bytes")
          .next("sign the archive anew with: un function sign")
          .asException();
    }
    Matcher form = FORM.matcher(decoded(bytes));
    if (!form.matches()) {
      throw malformed();
    }
    FunctionVersion version = new FunctionVersion(form.group(3));
    Statement statement = new Statement(form.group(1), form.group(2), version, form.group(4));
    SignatureText read = new SignatureText(statement, form.group(5));
    if (!Arrays.equals(read.bytes(), bytes)) {
      throw malformed();
    }
    return read;
  }

  /** The text of the file. */
  byte[] bytes() {
    String canonical = Base64.getEncoder().encodeToString(signature());
    return (statement.text() + "ed25519 " + canonical + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the owner of the key signed the statement. */
  public boolean isOf(PublisherKey key) {
    return key.id().equals(statement.publisher()) && key.signed(statement.bytes(), signature());
  }

  private byte[] signature() {
    return Base64.getDecoder().decode(value);
  }

  private static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ProblemException(List.of(malformed().first()), e);
    }
  }

  private static ProblemException malformed() {
    return TrustProblem.invalid(
        "its signature is not written as docs/signatures.md says",
        "sign the archive anew with: un function sign");
  }
}
