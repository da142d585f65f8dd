package org.universalnode.catalog.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.Offer;
import org.universalnode.catalog.TemplateSource;
import org.universalnode.catalog.TemplateWriters;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.problem.Problem;

class RemoteSourceTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Pace PATIENT =
      new Pace(LONG, Duration.ofSeconds(20), Duration.ofSeconds(20), LONG);
  private static final Pace HASTY =
      new Pace(LONG, Duration.ofMillis(500), Duration.ofMillis(500), LONG);

  @TempDir Path folder;
  private TemplateServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TemplateServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anIndexGivesTemplatesInAJail() {
    server.index(Map.of("/nat/template.json", RemoteText.template("nat")));
    try (RemoteSource source = asked(server.asIndex(), PATIENT)) {
      assertThat(source.offer().problems()).isEmpty();
      assertThat(source.offer().templates())
          .extracting(FunctionTemplate::name)
          .containsExactly("nat");
      assertThat(source.offer().templates().getFirst().running().isolation())
          .contains(Isolation.JAIL);
    }
  }

  @Test
  void whatAnIndexGaveIsThereInTheNextLifeThoughTheServerIsGone() {
    server.index(Map.of("/nat.json", RemoteText.template("nat")));
    asked(server.asIndex(), PATIENT).close();
    server.close();
    try (RemoteSource source = asked(server.asIndex(), PATIENT)) {
      assertThat(source.offer().templates()).hasSize(1);
      assertThat(source.offer().problems()).hasSize(1);
      assertThat(source.offer().problems().getFirst().detail())
          .startsWith("index=" + server.base())
          .contains("can't be fetched");
    }
  }

  @Test
  void whatIsUnchangedIsNotSentAgainAndWhatIsKnownNotFetchedAgain() {
    server.index(Map.of("/nat.json", RemoteText.template("nat")));
    asked(server.asIndex(), PATIENT).close();
    assertThat(server.asked()).contains("200 /nat.json", "200 /catalog.json");
    server.asked().clear();
    asked(server.asIndex(), PATIENT).close();
    assertThat(server.asked()).containsOnly("304 /catalog.json");
    server.asked().clear();
    server.index(
        Map.of("/nat.json", RemoteText.template("nat"), "/fw.json", RemoteText.template("fw")));
    try (RemoteSource source = asked(server.asIndex(), PATIENT)) {
      assertThat(source.offer().templates()).hasSize(2);
    }
    assertThat(server.asked()).contains("200 /fw.json").doesNotContain("200 /nat.json");
  }

  @Test
  void theDiskHoldsWhatIsOnTheListAndNothingElse() throws IOException {
    server.index(Map.of("/nat.json", RemoteText.template("nat")));
    asked(server.asIndex(), PATIENT).close();
    server.index(Map.of("/fw.json", RemoteText.template("fw")));
    asked(server.asIndex(), PATIENT).close();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("list", new Item("", RemoteText.template("fw")).digest());
    }
  }

  @Test
  void aTemplateThatWasChangedOnTheDiskIsFetchedAnew() throws IOException {
    server.index(Map.of("/nat.json", RemoteText.template("nat")));
    asked(server.asIndex(), PATIENT).close();
    Path kept = folder.resolve(new Item("", RemoteText.template("nat")).digest());
    Files.writeString(kept, RemoteText.template("other"));
    try (RemoteSource source = asked(server.asIndex(), PATIENT)) {
      assertThat(source.offer().templates())
          .extracting(FunctionTemplate::name)
          .containsExactly("nat");
    }
  }

  @Test
  void aTemplateThatIsNotWhatTheListSaysIsAProblemAndHidesNoOther() {
    String right = RemoteText.template("nat");
    String list =
        "{\"catalog\": 1, \"templates\": [%s, %s, %s]}"
            .formatted(
                TemplateServer.entry("/wrong.json", new Item("", right).digest()),
                TemplateServer.entry("/absent.json", "0".repeat(64)),
                TemplateServer.entry("nat.json", new Item("", right).digest()));
    server.file("/catalog.json", list);
    server.file("/wrong.json", RemoteText.template("evil"));
    server.file("/nat.json", right);
    try (RemoteSource source = asked(server.asIndex(), PATIENT)) {
      assertThat(source.offer().templates())
          .extracting(FunctionTemplate::name)
          .containsExactly("nat");
      assertThat(source.offer().problems()).hasSize(2);
    }
  }

  @Test
  void aListMayNotLeadToAnotherServer() throws IOException {
    try (TemplateServer other = new TemplateServer()) {
      String elsewhere = TemplateServer.entry(other.base() + "/nat.json", "0".repeat(64));
      server.file("/catalog.json", "{\"catalog\": 1, \"templates\": [" + elsewhere + "]}");
      try (RemoteSource source = asked(server.asIndex(), PATIENT)) {
        assertThat(source.offer().problems().getFirst().detail()).contains("not on the server");
      }
      assertThat(other.asked()).isEmpty();
    }
  }

  static Stream<Arguments> greed() {
    return Stream.of(
        Arguments.of(", \"uri-image-type\": \"local-file\"", "names a file of this machine"),
        Arguments.of(dependency("file", "/etc/shadow"), "wants the file /etc/shadow"),
        Arguments.of(dependency("device", "/dev/sda"), "wants the device /dev/sda"),
        Arguments.of(
            ", \"multitenancy\": true, \"single-instance\": true", "one instance to serve all"));
  }

  private static String dependency(String type, String name) {
    return ", \"dependencies\": {\"capability\": [{\"name\": \"%s\", \"type\": \"%s\"}]}"
        .formatted(name, type);
  }

  @ParameterizedTest
  @MethodSource("greed")
  void aTemplateOfAnotherMachineIsRefusedWhatAnOperatorHasToGrant(String more, String reason) {
    String remote = RemoteText.template("evil", more);
    String text =
        more.contains("local-file")
            ? RemoteText.template("evil")
                .replace("remote-file", "local-file")
                .replace("https://images.example/", "/etc/")
            : remote;
    server.index(Map.of("/evil.json", text));
    try (RemoteSource source = asked(server.asIndex(), PATIENT)) {
      assertThat(source.offer().templates()).isEmpty();
      Problem problem = source.offer().problems().getFirst();
      assertThat(problem.code()).isEqualTo(Problem.Code.FORBIDDEN);
      assertThat(problem.detail()).contains(reason);
    }
  }

  @Test
  void anOperatorWhoTakesEverythingStillGivesNoFilesAsImages() {
    String file =
        RemoteText.template("evil")
            .replace("remote-file", "local-file")
            .replace("https://images.example/", "/etc/");
    server.index(
        Map.of(
            "/a.json",
            RemoteText.template("a", dependency("device", "/dev/kvm")),
            "/b.json",
            file));
    try (RemoteSource source =
        RemoteSource.open(server.asIndex(), TemplateWriters.ANYBODY, folder, PATIENT)) {
      source.ask(function("x", "", "")).join();
      assertThat(source.offer().templates())
          .extracting(FunctionTemplate::name)
          .containsExactly("a");
      assertThat(source.offer().problems()).hasSize(1);
    }
  }

  @Test
  void anEarlierSourceKeepsItsNames() {
    server.index(
        Map.of(
            "/nat.json", RemoteText.template("nat", ", \"version\": \"9\""),
            "/aa.json", RemoteText.template("aa", ", \"version\": \"9\"")));
    FunctionTemplate mine = new Restraint(TemplateWriters.OWNERS).read(RemoteText.template("nat"));
    try (RemoteSource source = asked(server.asIndex(), PATIENT)) {
      Catalog local = Catalog.of(List.of(mine));
      TemplateSource first = () -> new Offer(local.all(), Map.of(), List.of());
      Catalog catalog = Catalog.from(List.of(first, source));
      assertThat(name(catalog, function("nat", "", ""))).isEqualTo("nat 0");
      assertThat(name(catalog, function("x", "firewall", ""))).isEqualTo("nat 0");
      assertThat(name(catalog, function("aa", "", ""))).isEqualTo("aa 9");
      assertThat(catalog.problems()).hasSize(1);
    }
  }

  @Test
  void theNewestVersionIsTakenUnlessTheGraphSaysAnother() {
    server.index(
        Map.of(
            "/1.json", RemoteText.template("nat", ", \"version\": \"1.9\""),
            "/2.json", RemoteText.template("nat", ", \"version\": \"1.10\"")));
    try (RemoteSource source = asked(server.asIndex(), PATIENT)) {
      Catalog catalog = Catalog.from(List.of(source));
      assertThat(name(catalog, function("nat", "", ""))).isEqualTo("nat 1.10");
      assertThat(name(catalog, function("", "", "nat@1.9"))).isEqualTo("nat 1.9");
    }
  }

  @Test
  void anUnknownNameIsAskedForOnce() {
    server.index(Map.of());
    try (RemoteSource source = asked(server.asIndex(), PATIENT)) {
      server.index(Map.of("/nat.json", RemoteText.template("nat")));
      Catalog catalog = Catalog.from(List.of(source));
      catalog.ask(function("nat", "", ""));
      assertThat(name(catalog, function("nat", "", ""))).isEqualTo("nat 0");
      server.asked().clear();
      catalog.ask(function("nat", "", ""));
      assertThat(server.asked()).isEmpty();
    }
  }

  static Stream<Arguments> misbehaviour() {
    return Stream.of(
        Arguments.of("404", status(404)),
        Arguments.of("500", status(500)),
        Arguments.of("403", status(403)),
        Arguments.of("no JSON", text("<html>")),
        Arguments.of("other JSON", text("{\"catalog\": 2}")),
        Arguments.of("deep JSON", text("[".repeat(100_000))),
        Arguments.of("no UTF-8", (HttpHandler) one -> bytes(one, new byte[] {(byte) 0xff})),
        Arguments.of("huge", text(" ".repeat(2 << 20))),
        Arguments.of("endless", (HttpHandler) RemoteSourceTest::endless),
        Arguments.of("slow", (HttpHandler) RemoteSourceTest::slow),
        Arguments.of("silent", (HttpHandler) RemoteSourceTest::silent),
        Arguments.of("redirected for ever", (HttpHandler) RemoteSourceTest::redirected));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("misbehaviour")
  void aServerThatMisbehavesIsAProblemAndTakesNothingAway(String name, HttpHandler handler) {
    server.index(Map.of("/nat.json", RemoteText.template("nat")));
    asked(server.asIndex(), PATIENT).close();
    server.answer("/catalog.json", handler);
    try (RemoteSource source = asked(server.asIndex(), HASTY)) {
      assertThat(source.offer().templates()).as(name).hasSize(1);
      assertThat(source.offer().problems()).as(name).hasSize(1);
    }
  }

  private static HttpHandler status(int status) {
    return exchange -> {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    };
  }

  private static HttpHandler text(String text) {
    return exchange -> bytes(exchange, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(HttpExchange exchange, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Until the client has had enough. */
  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      while (!Thread.currentThread().isInterrupted()) {
        body.write(new byte[64 << 10]);
      }
    }
  }

  private static void slow(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      while (!Thread.currentThread().isInterrupted()) {
        body.write(' ');
        body.flush();
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void silent(HttpExchange exchange) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void redirected(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", exchange.getRequestURI().toString());
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private RemoteSource asked(SourceAddress address, Pace pace) {
    RemoteSource source = RemoteSource.open(address, TemplateWriters.OWNERS, folder, pace);
    source.ask(function("nothing of that name", "", "")).join();
    return source;
  }

  private static String name(Catalog catalog, NetworkFunction function) {
    FunctionTemplate found =
        catalog.implementations(function, _ -> List.of()).orThrow().good().getFirst();
    return found.name() + " " + found.version();
  }

  private static NetworkFunction function(String name, String capability, String template) {
    return new NetworkFunction("f1", name, capability, template, List.of(), "{}");
  }
}
