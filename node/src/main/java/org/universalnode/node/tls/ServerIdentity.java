package org.universalnode.node.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * A certificate and its key, in files of the form PEM (RFC 7468).
 *
 * @param certificate the server's first, then those that lead to a known authority
 * @param key PKCS #8, not encrypted
 */
public record ServerIdentity(Path certificate, Path key) {
  private static final int MOST_BYTES = 1 << 18;
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final char[] NO_PASSWORD = {};

  /**
   * What a server needs of it.
   *
   * @throws ProblemException if a file is not there, or not what it is to be, or they don't belong
   *     together
   */
  public SSLContext context() {
    try {
      Certificate[] chain = chain();
      PrivateKey secret = key(chain[0].getPublicKey().getAlgorithm());
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("node", secret, NO_PASSWORD, chain);
      KeyPair.requireMatch(chain[0].getPublicKey(), secret);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw wrong(certificate, e.toString(), "give a certificate and its key, both as PEM");
    }
  }

  private Certificate[] chain() throws GeneralSecurityException {
    byte[] text = read(certificate).getBytes(StandardCharsets.US_ASCII);
    Certificate[] chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(text))
            .toArray(Certificate[]::new);
    if (chain.length == 0) {
      throw wrong(certificate, "there is no certificate", "name a file with one, as PEM");
    }
    return chain;
  }

  private PrivateKey key(String algorithm) throws GeneralSecurityException {
    Matcher found = KEY.matcher(read(key));
    if (!found.find()) {
      throw wrong(
          key,
          "there is no key that can be read",
          "make it PKCS #8: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(found.group(1));
    String known = ALGORITHMS.contains(algorithm) ? algorithm : ALGORITHMS.getFirst();
    try {
      return KeyFactory.getInstance(known).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException e) {
      throw wrong(
          key, "the key is not one for the certificate", "give the key that was made with it");
    }
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw wrong(file, "it has more than " + MOST_BYTES + " bytes", "name another file");
      }
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw wrong(file, "it can't be read: " + e, "see that it is there, and is text");
    }
  }

  private static ProblemException wrong(Path file, String detail, String next) {
    return Problem.of(Code.INVALID_DOCUMENT, file + ": " + detail).next(next).asException();
  }
}
