package org.universalnode.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** Which certificates are believed. Loaded for https only: it takes a while. */
final class Trust {
  private Trust() {}

  /** The connection takes certificates of that file, and no others. */
  static void only(Path authorities, HttpsURLConnection connection) {
    try (InputStream in = Files.newInputStream(authorities)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, new char[0]);
      int count = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("authority " + count++, one);
      }
      if (count == 0) {
        throw wrong(authorities, "it holds no certificate");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, trust.getTrustManagers(), null);
      connection.setSSLSocketFactory(context.getSocketFactory());
    } catch (IOException | GeneralSecurityException e) {
      throw new ProblemException(wrong(authorities, e.toString()).problems(), e);
    }
  }

  private static ProblemException wrong(Path authorities, String detail) {
    return new ProblemException(
        List.of(
            Problem.of(Code.INVALID_DOCUMENT, "--ca " + authorities + ": " + detail)
                .next("name a file with certificates, as PEM")));
  }
}
