package org.universalnode.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes wrong between the command and the node. */
class NodeClientTest {

  @Test
  void whereNothingListensTheNextStepIsToStartTheNode() throws IOException {
    String url;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "http://127.0.0.1:" + closed.getLocalPort();
    }
    Ran ran = Ran.un(Map.of(), "", false, "delete", "g1", "g2", "--url", url);
    assertThat(ran.status()).isEqualTo(CommandTree.FAILED);
    assertThat(ran.err())
        .startsWith("un: cannot reach the node at " + url)
        .endsWith("\n  next: start it with: un serve\n")
        .containsOnlyOnce("cannot reach");
  }

  @Test
  void theOptionWinsOverTheEnvironmentAndMayEndWithASlash() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /NF-FG", 200, "{\"NF-FG\":[]}");
      Map<String, String> environment = Map.of("UN_URL", "http://127.0.0.1:1");
      String url = node.url() + "/";
      assertThat(Ran.un(environment, "", false, "list", "--url", url).status()).isZero();
      assertThat(Ran.un(environment, "", false, "--url", url, "list").status()).isZero();
    }
  }

  @Test
  void anAddressThatIsNoWebAddressIsWrongUsage() {
    for (String url :
        List.of("file:///etc/passwd", "127.0.0.1:8080", "http://", "h ttp:", "http://h:99999")) {
      Ran ran = Ran.un(Map.of("UN_URL", url), "", false, "list");
      assertThat(ran.status()).isEqualTo(CommandTree.USAGE);
      assertThat(ran.err()).startsWith("un: not the http or https URL of a node: " + url);
    }
  }

  @Test
  void anAnswerThatIsNoJsonIsToldAndNotTrusted() {
    try (FakeNode node = new FakeNode()) {
      for (String body : new String[] {"<html>", "[]", "{} {}", "", "{\"a\":", "[".repeat(200)}) {
        node.on("GET /NF-FG", 200, body);
        Ran ran = Ran.un(node, "list");
        assertThat(ran.status()).as(body).isEqualTo(CommandTree.FAILED);
        assertThat(ran.err()).startsWith("un: the answer is not").contains("next: check that");
      }
    }
  }

  @Test
  void anErrorWithoutAProblemDocumentIsToldByItsNumber() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /NF-FG", 502, "<html>bad\u0007gateway").on("GET /functions", 401, "");
      node.on("GET /NF-FG/g1", 302, "");
      assertThat(Ran.un(node, "list").err())
          .startsWith("un: GET /NF-FG was answered 502: <html>bad\\u0007gateway\n  next: check");
      assertThat(Ran.un(node, "functions").err()).contains("GET /functions was answered 401\n");
      assertThat(Ran.un(node, "show", "g1").err()).contains("was answered 302\n");
    }
  }

  @Test
  void aNodeThatWantsALoginIsToldApartFromAWrongAddress() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /NF-FG/", 401, "{\"detail\":\"log in first\"}");
      Ran ran = Ran.un(Map.of("UN_URL", node.url()), "{}", false, "apply", "-");
      String err =
          "un: POST /NF-FG/ was answered 401\n  next: this node wants a login: un login, or UN_TOKEN\n";
      assertThat(ran).isEqualTo(new Ran(CommandTree.FAILED, "", err));
    }
  }

  @Test
  void aPostIsNotSentAgainWhenTheNodeDiesOverIt() throws Exception {
    try (ServerSocket node = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread death = Thread.startVirtualThread(() -> readOneRequestAndHangUp(node));
      String url = "http://127.0.0.1:" + node.getLocalPort();
      Ran ran = Ran.un(Map.of("UN_URL", url), "{}", false, "apply", "-");
      death.join();
      assertThat(ran.status()).isEqualTo(CommandTree.FAILED);
      assertThat(ran.err()).startsWith("un: the connection to " + url + " broke: ");
      node.setSoTimeout(10);
      assertThat(accepts(node)).isFalse();
    }
  }

  private static void readOneRequestAndHangUp(ServerSocket node) {
    try (Socket peer = node.accept()) {
      StringBuilder request = new StringBuilder();
      while (!request.toString().endsWith("\r\n\r\n{}")) {
        request.append(new String(peer.getInputStream().readNBytes(1), UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean accepts(ServerSocket node) throws IOException {
    try (Socket again = node.accept()) {
      return again.isConnected();
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
