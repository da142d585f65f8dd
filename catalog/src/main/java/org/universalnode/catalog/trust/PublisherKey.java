package org.universalnode.catalog.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.universalnode.catalog.file.SmallFile;
import org.universalnode.problem.ProblemException;

/**
 * The public key of a publisher: Ed25519 (RFC 8032).
 *
 * @param id SHA-256 of the key's SubjectPublicKeyInfo (RFC 8410), in lower-case hex
 */
public record PublisherKey(String id, PublicKey key) {
  static final String ALGORITHM = "Ed25519";
  static final int FILE_BYTES = 4_096;
  private static final String LABEL = "PUBLIC KEY";

  static PublisherKey of(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return new PublisherKey(HexFormat.of().formatHex(digest), key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * The key in a PEM file.
   *
   * @throws ProblemException NOT_FOUND without the file, INVALID_DOCUMENT if it holds no such key
   */
  public static PublisherKey read(Path file) {
    try {
      byte[] text = SmallFile.read(file, FILE_BYTES).orElseThrow(() -> KeyFiles.missing(file));
      byte[] der = Pem.read(LABEL, text).orElseThrow(() -> noKey(file));
      return of(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException e) {
      throw new ProblemException(noKey(file).problems(), e);
    } catch (IOException e) {
      throw TrustProblem.file("read " + file, e);
    }
  }

  /** The key as the text of a PEM file. */
  String pem() {
    return Pem.write(LABEL, key.getEncoded());
  }

  /** Whether the owner of this key signed these bytes. */
  boolean signed(byte[] bytes, byte[] signature) {
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(bytes);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // so it says of numbers that no signature has
    }
  }

  private static ProblemException noKey(Path file) {
    return TrustProblem.invalid(
        file + " holds no public key for Ed25519 in PEM", "make keys with: un function keygen");
  }
}
