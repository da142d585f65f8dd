package org.universalnode.node.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password: PBKDF2 with HMAC-SHA512 (RFC 8018), as {@code
 * pbkdf2-sha512$ROUNDS$SALT$HASH} with Base64. The number of rounds is the one that OWASP's
 * Password Storage Cheat Sheet asks for.
 */
final class PasswordHash {
  private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
  private static final String NAME = "pbkdf2-sha512";
  static final int ROUNDS = 210_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;
  private static final int PARTS = 4;

  private PasswordHash() {}

  static String of(String password, int rounds) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    Base64.Encoder text = Base64.getEncoder();
    return String.join(
        "$",
        NAME,
        Integer.toString(rounds),
        text.encodeToString(salt),
        text.encodeToString(derived(password, salt, rounds)));
  }

  /** Takes as long for a wrong password as for the right one. */
  static boolean matches(String password, String kept) {
    String[] parts = kept.split("\\$", -1);
    if (parts.length != PARTS || !parts[0].equals(NAME)) {
      throw new IllegalStateException("not a hash of a password");
    }
    Base64.Decoder text = Base64.getDecoder();
    byte[] derived = derived(password, text.decode(parts[2]), Integer.parseInt(parts[1]));
    return MessageDigest.isEqual(derived, text.decode(parts[3]));
  }

  private static byte[] derived(String password, byte[] salt, int rounds) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each Java has " + ALGORITHM, e);
    } finally {
      spec.clearPassword();
    }
  }
}
