package org.universalnode.functions;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.testbed.Host;

/** A host at lan, and at wan a web server and a name server that knows it. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class WebCacheTest {
  private static final String SERVER = "198.51.100.2";
  private static final String PROXY = "10.0.0.1";

  @TempDir Path state;
  @TempDir Path folder;
  private Lab lab;
  private Host lan;
  private Host wan;
  private NameServer names;
  private WebServer web;

  @BeforeEach
  void start() {
    lab = new Lab(state, "10.0.0.2/24", SERVER + "/24");
    lan = lab.host(0);
    wan = lab.host(1);
    lan.route("198.51.100.0/24", PROXY);
    names = NameServer.on(wan, folder, "www.example/" + SERVER, "other.test/" + SERVER);
    web = WebServer.on(wan, SERVER);
  }

  @AfterEach
  void nothingIsLeft() {
    web.close();
    names.close();
    lab.close();
  }

  @Test
  void whatWasFetchedOnceIsNotFetchedAgain() throws IOException {
    lab.apply(cache(settings("")));
    assertThat(fetchedByProxy("http://www.example/a")).contains("200 OK", WebServer.PAGE, "MISS");
    assertThat(fetchedByProxy("http://www.example/a")).contains("200 OK", WebServer.PAGE, "HIT");
    assertThat(web.requests()).containsExactly("/a from 198.51.100.10");
    JsonObject report = lab.report("cache");
    assertThat(report.get("hits").getAsInt()).isEqualTo(1);
    assertThat(report.get("misses").getAsInt()).isEqualTo(1);
    assertThat(lan.connect(wan, SERVER, 443)).isEmpty();
  }

  @Test
  void anInterceptingCacheServesHostsThatKnowNothingOfIt() throws IOException {
    lab.apply(cache(settings(", \"intercept\": true")));
    assertThat(fetched(SERVER, 80, "/b", "www.example")).contains("200 OK", WebServer.PAGE);
    assertThat(fetched(SERVER, 80, "/b", "www.example")).contains(WebServer.PAGE, "HIT");
    assertThat(web.requests()).containsExactly("/b from 198.51.100.10");
    assertThat(lan.connect(wan, SERVER, 443)).contains("198.51.100.10");
  }

  @Test
  void onlyDomainsThatAreAllowedAndNotBlockedCanBeReached() throws IOException {
    lab.apply(cache(settings(", \"block\": [\"www.example\", \"a.www.example\"]")));
    assertThat(fetchedByProxy("http://www.example/")).contains("403 Forbidden");
    assertThat(fetchedByProxy("http://other.test/")).contains("200 OK");
    lab.apply(cache(settings(", \"allow\": [\"example\"]")));
    assertThat(fetchedByProxy("http://www.example/")).contains("200 OK");
    assertThat(fetchedByProxy("http://other.test/")).contains("403 Forbidden");
  }

  @Test
  void anUpdateKeepsWhatWasFetched() throws IOException {
    lab.apply(cache(settings("")));
    fetchedByProxy("http://www.example/c");
    lab.apply(cache(settings(", \"intercept\": true, \"port\": 8080")));
    assertThat(fetched(PROXY, 8080, "http://www.example/c", "www.example")).contains("HIT");
    assertThat(web.requests()).hasSize(1);
  }

  @Test
  void whatIsOnTheDiskIsServed() throws IOException {
    lab.apply(cache(settings(", \"disk-megabytes\": 16")));
    fetchedByProxy("http://www.example/d");
    assertThat(fetchedByProxy("http://www.example/d")).contains("HIT");
    lab.apply(cache(settings("")));
    assertThat(fetchedByProxy("http://www.example/d")).contains("200 OK", "MISS");
  }

  @Test
  void wanCannotUseIt() {
    lab.apply(cache(settings("")));
    assertThatThrownBy(
            () -> fetched(wan, "198.51.100.10", 3128, "GET http://www.example/ HTTP/1.0\r\n\r\n"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void eachRefusedConfigurationNamesItsElement() {
    assertSoftly(
        softly ->
            Map.of(
                    "{ \"port\": 3129 }", "/port 3129 is used for intercepted connections",
                    "{ \"port\": 0 }", "/port must be a whole number from 1 to 65535",
                    "{ \"memory-megabytes\": 1000 }", "/memory-megabytes must be a whole number",
                    "{ \"disk-megabytes\": 5 }", "/disk-megabytes must be 0 or at least 16",
                    "{ \"intercept\": 1 }", "/intercept must be true or false",
                    "{ \"allow\": [\"*.example\"] }", "/allow/0 must be a name",
                    "{ \"clients\": [\"all\"] }", "/clients/0 must be an IPv4 network",
                    "{ \"dns\": [\"x\"] }", "/dns/0 must be an IPv4 address",
                    "{ \"cache\": 1 }", "(whole) has the unknown key \"cache\"")
                .forEach(
                    (configuration, said) ->
                        softly
                            .assertThat(lab.refusal(cache(configuration)).detail())
                            .contains("configuration " + said)));
    assertThat(lab.hasGraph()).isFalse();
  }

  private String fetchedByProxy(String address) throws IOException {
    String name = address.split("/", -1)[2];
    return fetched(PROXY, 3128, address, name);
  }

  private String fetched(String server, int port, String target, String name) throws IOException {
    return fetched(
        lan,
        server,
        port,
        "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(target, name));
  }

  /** The whole answer, headers and all. */
  private static String fetched(Host host, String server, int port, String request)
      throws IOException {
    try (SocketChannel channel = host.namespace().call(SocketChannel::open)) {
      Socket socket = channel.socket();
      socket.setSoTimeout(10_000);
      socket.connect(new InetSocketAddress(server, port), 2_000);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static String settings(String more) {
    return "{ \"dns\": [\"198.51.100.2\"]%s }".formatted(more);
  }

  private Graph cache(String configuration) {
    return new Graph()
        .endPoint("lan", lan)
        .endPoint("wan", wan)
        .function(
            """
            { "id": "cache", "functional-capability": "web-cache", "configuration": %s,
              "ports": [{ "id": "lan:0", "unify-ip": "10.0.0.1/24" },
                        { "id": "wan:0", "unify-ip": "198.51.100.10/24" }] }"""
                .formatted(configuration))
        .join("endpoint:lan", "vnf:cache:lan:0")
        .join("vnf:cache:wan:0", "endpoint:wan");
  }
}
