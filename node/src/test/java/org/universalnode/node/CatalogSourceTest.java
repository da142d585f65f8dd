package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.FunctionVersion;
import org.universalnode.catalog.source.SourceAddress;
import org.universalnode.catalog.trust.KeyFiles;
import org.universalnode.catalog.trust.SignatureText;
import org.universalnode.catalog.trust.SigningKey;
import org.universalnode.catalog.trust.Statement;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class CatalogSourceTest {
  private static final String START = "#!/bin/sh\necho started\n";

  @TempDir Path folder;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aSignedFunctionOfAnotherMachineRunsAlsoWhenThatIsAway() throws Exception {
    try (Lab lab = new Lab(folder)) {
      NodeOptions options = lab.options().with(source("index=" + base() + "/catalog.json"));
      try (Node node = Node.start(options)) {
        assertThat(apply(lab, node).statusCode()).as("nobody has it yet").isEqualTo(400);
      }
      publish();
      try (Node node = Node.start(options)) {
        HttpResponse<String> created = apply(lab, node);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(lab.call(node.port(), "DELETE", "/NF-FG/g1", "").statusCode()).isEqualTo(204);
      }
      server.stop(0);
      try (Node node = Node.start(options)) {
        assertThat(apply(lab, node).statusCode()).isEqualTo(201);
        assertThat(remote(lab, node).get("isolation").getAsString()).isEqualTo("jail");
        assertThat(lab.call(node.port(), "DELETE", "/NF-FG/g1", "").statusCode()).isEqualTo(204);
      }
    }
  }

  private static HttpResponse<String> apply(Lab lab, Node node) {
    return lab.call(node.port(), "PUT", "/NF-FG/g1", lab.island("far"));
  }

  private static JsonObject remote(Lab lab, Node node) {
    String body = lab.call(node.port(), "GET", "/functions", "").body();
    return JsonParser.parseString(body)
        .getAsJsonObject()
        .getAsJsonArray("functions")
        .asList()
        .stream()
        .map(one -> one.getAsJsonObject())
        .filter(one -> one.get("name").getAsString().equals("far"))
        .findFirst()
        .orElseThrow();
  }

  private static CatalogOptions source(String text) {
    return new CatalogOptions(List.of(SourceAddress.parse(text)), Duration.ofHours(1));
  }

  private void publish() throws Exception {
    Path archive = folder.resolve("far.tgz");
    Archives.write(archive, START, "");
    String digest = digest(Files.readAllBytes(archive));
    sign(archive, digest);
    String template =
        """
        {"name":"far","functional-capability":"far","vnf-type":"native",
         "uri-image-type":"remote-file","uri-image":"%s/far.tgz","image-sha256":"%s",
         "memory-size":32,"CPUrequirements":{"platformType":"x86","socket":[{"coreNumbers":1}]},
         "ports":[{"position":"0-1","label":"p","min":"2","name":"eth"}]}"""
            .formatted(base(), digest);
    byte[] bytes = template.getBytes(StandardCharsets.UTF_8);
    String list =
        "{\"catalog\":1,\"templates\":[{\"template\":\"far.json\",\"sha256\":\"%s\"}]}"
            .formatted(digest(bytes));
    files.put("/far.tgz", Files.readAllBytes(archive));
    files.put("/far.tgz.sig", Files.readAllBytes(SignatureText.fileOf(archive)));
    files.put("/far.json", bytes);
    files.put("/catalog.json", list.getBytes(StandardCharsets.UTF_8));
  }

  private void sign(Path archive, String digest) throws Exception {
    KeyFiles.create(folder.resolve("friend"));
    Path publishers = Files.createDirectories(folder.resolve("state/publishers"));
    Files.copy(folder.resolve("friend.pub"), publishers.resolve("friend.pub"));
    SigningKey key = SigningKey.read(folder.resolve("friend"));
    key.sign(new Statement(key.publisher().id(), "far", FunctionVersion.NONE, digest))
        .write(SignatureText.fileOf(archive));
  }

  private static String digest(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] file = files.get(exchange.getRequestURI().getPath());
      exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
      if (file != null) {
        exchange.getResponseBody().write(file);
      }
    }
  }
}
