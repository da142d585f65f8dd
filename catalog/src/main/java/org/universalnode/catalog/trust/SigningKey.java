package org.universalnode.catalog.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.universalnode.catalog.file.SmallFile;
import org.universalnode.problem.ProblemException;

/** The private key of a publisher, with its public half. */
public final class SigningKey {
  static final String LABEL = "PRIVATE KEY";

  private final PrivateKey key;
  private final PublisherKey publisher;

  private SigningKey(PrivateKey key, PublisherKey publisher) {
    this.key = key;
    this.publisher = publisher;
  }

  /**
   * The key in a PEM file (PKCS #8), and the public key in the file beside it that ends in .pub.
   *
   * @throws ProblemException NOT_FOUND without the files, INVALID_DOCUMENT if they hold no such
   *     keys or two that do not belong together
   */
  public static SigningKey read(Path file) {
    try {
      byte[] text =
          SmallFile.read(file, PublisherKey.FILE_BYTES).orElseThrow(() -> KeyFiles.missing(file));
      byte[] der = Pem.read(LABEL, text).orElseThrow(() -> noKey(file));
      KeyFactory keys = KeyFactory.getInstance(PublisherKey.ALGORITHM);
      PrivateKey key = keys.generatePrivate(new PKCS8EncodedKeySpec(der));
      return new SigningKey(key, PublisherKey.read(KeyFiles.publicHalf(file))).checked(file);
    } catch (GeneralSecurityException e) {
      throw new ProblemException(noKey(file).problems(), e);
    } catch (IOException e) {
      throw TrustProblem.file("read " + file, e);
    }
  }

  /** Its public half. */
  public PublisherKey publisher() {
    return publisher;
  }

  /** Signs what the statement says. */
  public SignatureText sign(Statement statement) {
    if (!statement.publisher().equals(publisher.id())) {
      throw new IllegalArgumentException("the statement is of another publisher");
    }
    String value = Base64.getEncoder().encodeToString(sign(statement.bytes()));
    return new SignatureText(statement, value);
  }

  private byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(PublisherKey.ALGORITHM);
      signature.initSign(key);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key for Ed25519 signs everything", e);
    }
  }

  private SigningKey checked(Path file) {
    byte[] sample = new byte[] {1, 2, 3};
    if (!publisher.signed(sample, sign(sample))) {
      throw TrustProblem.invalid(
          file + " and " + KeyFiles.publicHalf(file) + " are not two halves of one key",
          "put the right public key there");
    }
    return this;
  }

  private static ProblemException noKey(Path file) {
    return TrustProblem.invalid(
        file + " holds no private key for Ed25519 in PEM", "make keys with: un function keygen");
  }
}
