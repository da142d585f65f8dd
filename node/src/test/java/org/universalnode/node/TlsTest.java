package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A node that listens for everybody, with a certificate of its own. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class TlsTest {
  @TempDir Path folder;
  private Lab lab;
  private Node node;

  @BeforeEach
  void start() {
    lab = new Lab(folder);
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    node = Node.start(lab.options().with(SecurityOptions.ACCOUNTS.at(anyPort)));
  }

  @AfterEach
  void stop() {
    node.close();
    assertThat(lab.traces()).isEmpty();
    lab.close();
  }

  @Test
  void whoTrustsItsCertificateLogsInAndIsServed() throws Exception {
    try (HttpClient client = client("TLSv1.3")) {
      String password = Files.readString(lab.options().state().resolve("first-password")).strip();
      String login = "{\"username\":\"admin\",\"password\":\"%s\"}".formatted(password);
      HttpResponse<String> token = send(client, "POST", "/login", login, "none");
      assertThat(token.statusCode()).as(token.body()).isEqualTo(200);
      assertThat(send(client, "GET", "/users", "", token.body()).body()).contains("\"admin\"");
      assertThat(token.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }
  }

  /** Though it is root that runs this, on the same machine. */
  @Test
  void whoHasNoTokenIsRefusedHoweverMuchIsSent() throws Exception {
    try (HttpClient client = client("TLSv1.3")) {
      assertThat(send(client, "GET", "/NF-FG", "", "none").statusCode()).isEqualTo(401);
      String huge = " ".repeat(1 << 20);
      HttpResponse<String> refused = send(client, "PUT", "/NF-FG/g", huge, "none");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(send(client, "GET", "/health", "", "none").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void olderVersionsOfTlsAreNotSpoken() throws Exception {
    try (HttpClient client = client("TLSv1.2")) {
      assertThatThrownBy(() -> send(client, "GET", "/health", "", "none"))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void whoDoesNotTrustTheCertificateDoesNotConnect() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThatThrownBy(() -> send(client, "GET", "/health", "", "none"))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  private HttpResponse<String> send(
      HttpClient client, String method, String path, String body, String token)
      throws IOException, InterruptedException {
    URI uri = URI.create("https://127.0.0.1:" + node.securePort().orElseThrow() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .method(method, BodyPublishers.ofString(body))
            .header("X-Auth-Token", token)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpClient client(String version) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, new char[0]);
    Path certificate = lab.options().state().resolve("tls/certificate.pem");
    try (InputStream in = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "node", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {version});
    return HttpClient.newBuilder().sslContext(context).sslParameters(parameters).build();
  }
}
