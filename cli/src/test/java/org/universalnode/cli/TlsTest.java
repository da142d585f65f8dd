package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with a certificate that no authority knows. */
class TlsTest {
  private static final String PASSWORD = "not-secret";

  @TempDir private static Path folder;
  private static Path certificate;
  private static SSLContext identity;

  @BeforeAll
  static void makeACertificate() throws Exception {
    identity = made("node", "ip:127.0.0.1");
    certificate = folder.resolve("node.pem");
  }

  @Test
  void whoNamesItsCertificateIsServed() {
    try (FakeNode node = new FakeNode(identity)) {
      node.on("GET /NF-FG", 200, "{\"NF-FG\":[]}").on("POST /login", 200, "token");
      assertThat(un(node, "list", "--ca", certificate.toString()).err()).isEmpty();
      Map<String, String> environment =
          Map.of("UN_URL", node.url(), "UN_CA", certificate.toString(), "HOME", folder.toString());
      assertThat(Ran.un(environment, "the password", false, "login", "anna").err()).isEmpty();
      assertThat(Ran.un(environment, "", false, "list").status()).isZero();
      assertThat(node.tokens()).containsExactly("token");
    }
  }

  @Test
  void whoDoesNotIsToldHow() {
    try (FakeNode node = new FakeNode(identity)) {
      Ran ran = un(node, "list");
      assertThat(ran.status()).isOne();
      assertThat(ran.err()).contains("is not to be trusted", "next: name the file", "--ca FILE");
      assertThat(node.requests()).isEmpty();
    }
  }

  @Test
  void aCertificateForAnotherNameIsNotTaken() throws Exception {
    SSLContext other = made("other", "dns:elsewhere.example");
    try (FakeNode node = new FakeNode(other)) {
      Ran ran = un(node, "list", "--ca", folder.resolve("other.pem").toString());
      assertThat(ran.err()).contains("is not to be trusted");
      assertThat(node.requests()).isEmpty();
    }
  }

  @Test
  void aFileWithoutCertificatesIsNone() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
    try (FakeNode node = new FakeNode(identity)) {
      assertThat(un(node, "list", "--ca", empty.toString()).err())
          .contains("--ca " + empty, "next: name a file with certificates");
    }
  }

  private static Ran un(FakeNode node, String... arguments) {
    Map<String, String> environment = new HashMap<>();
    environment.put("UN_URL", node.url());
    return Ran.un(environment, "", false, arguments);
  }

  private static SSLContext made(String name, String alternative)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve(name + ".p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "node",
            "-keyalg",
            "EC",
            "-dname",
            "CN=test",
            "-ext",
            "san=" + alternative,
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASSWORD.toCharArray());
    }
    String lines = Base64.getMimeEncoder().encodeToString(made.getCertificate("node").getEncoded());
    Files.writeString(
        folder.resolve(name + ".pem"),
        "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(made, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
