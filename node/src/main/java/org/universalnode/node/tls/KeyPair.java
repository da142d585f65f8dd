package org.universalnode.node.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Whether two keys belong together. */
final class KeyPair {
  private static final byte[] SAMPLE = {1, 2, 3, 4};

  private KeyPair() {}

  /** Throws unless what the one signs the other verifies. */
  static void requireMatch(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(signing(open.getAlgorithm()));
    signature.initSign(secret);
    signature.update(SAMPLE);
    byte[] signed = signature.sign();
    signature.initVerify(open);
    signature.update(SAMPLE);
    if (!signature.verify(signed)) {
      throw Problem.of(Code.INVALID_DOCUMENT, "the key is not that of the certificate")
          .next("give the key that the certificate was made with")
          .asException();
    }
  }

  private static String signing(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EdDSA", "Ed25519" -> "EdDSA";
      default -> "SHA256withECDSA";
    };
  }
}
