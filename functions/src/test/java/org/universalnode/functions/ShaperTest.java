package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.testbed.Host;

/** Measured rates are of TCP payload, which is 95.6 % of what the shaper counts. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class ShaperTest {
  private static final String LAN = "10.0.0.1";
  private static final String WAN = "10.0.0.2";
  private static final String SLOW = "10.0.0.3";

  @TempDir Path state;
  private Lab lab;
  private Host lan;
  private Host wan;

  @BeforeEach
  void start() {
    lab = new Lab(state, LAN + "/24", WAN + "/24");
    lan = lab.host(0);
    wan = lab.host(1);
    lan.address(SLOW + "/24");
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void withoutConfigurationItIsABridge() {
    lab.apply(shaper("{}"));
    assertThat(lan.connect(wan, WAN, 80)).contains(LAN);
    assertThat(megabits()).isGreaterThan(100);
  }

  @Test
  void eachDirectionHasItsRate() {
    lab.apply(
        shaper(
            """
            { "lan-to-wan": { "rate": "10mbit" }, "wan-to-lan": { "rate": "40mbit" } }"""));
    assertRate(megabits(), 10);
    assertRate(megabits("-R"), 40);
  }

  @Test
  void classesByNetworkAndByDscpHaveTheirCeil() {
    lab.apply(
        shaper(
            """
            { "lan-to-wan": { "rate": "40mbit", "classes": [
                { "source": "10.0.0.3", "rate": "2mbit", "ceil": "5mbit" },
                { "dscp": 46, "rate": "2mbit", "ceil": "10mbit" } ] } }"""));
    assertRate(megabits("-B", SLOW), 5);
    assertRate(megabits("-S", "0xb8"), 10);
    assertRate(megabits(), 40);
    JsonObject direction =
        lab.report("shaper").getAsJsonObject("directions").getAsJsonObject("lan-to-wan");
    assertThat(direction.getAsJsonArray("classes"))
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.getAsJsonObject().get("bytes").getAsLong()).isPositive());
    assertThat(direction.getAsJsonObject("rest").get("ceil").getAsString()).isEqualTo("40000kbit");
  }

  @Test
  void aClassIsSureOfItsRateWhileTheRestWantsEverything() {
    lab.apply(
        shaper(
            """
            { "lan-to-wan": { "rate": "20mbit", "classes": [
                { "source": "10.0.0.3", "rate": "15mbit", "ceil": "15mbit" } ] } }"""));
    Process listening = new Console(wan).start("iperf3", "-s", "-p", "5300");
    awaitServer(5300);
    Process greedy =
        new Console(lan).start("iperf3", "-c", WAN, "-p", "5300", "-B", LAN, "-t", "30");
    try {
      assertRate(megabits("-B", SLOW), 15);
      assertThat(greedy.isAlive()).isTrue();
    } finally {
      greedy.destroyForcibly();
      listening.destroyForcibly();
    }
  }

  @Test
  void anUpdateChangesRatesWhileConnectionsGoOn() {
    lab.apply(shaper("{ \"lan-to-wan\": { \"rate\": \"10mbit\" } }"));
    try (Connection connection = Connection.open(lan, wan, WAN, 80);
        Conversation conversation = new Conversation(lan, wan, WAN, 53)) {
      for (int i = 1; i <= 4; i++) {
        lab.apply(
            shaper(
                """
                { "lan-to-wan": { "rate": "%d0mbit", "classes": [%s] } }"""
                    .formatted(i, "{ \"dscp\": 46, \"rate\": \"1mbit\" }".repeat(i % 2))));
        assertThat(connection.carries("update " + i)).isTrue();
      }
      assertThat(conversation.answered()).isPositive();
      assertThat(conversation.lost()).isZero();
    }
    assertRate(megabits(), 40);
    lab.apply(shaper("{}"));
    assertThat(megabits()).isGreaterThan(100);
    assertThat(lab.report("shaper").toString()).isEqualTo("{\"directions\":{}}");
  }

  @Test
  void eachRefusedConfigurationNamesItsElementAndChangesNothing() {
    lab.apply(shaper("{ \"lan-to-wan\": { \"rate\": \"10mbit\" } }"));
    assertSoftly(
        softly ->
            Map.of(
                    "{ \"lan-to-wan\": {} }",
                    "/lan-to-wan needs a rate",
                    "{ \"lan-to-wan\": { \"rate\": \"10\" } }",
                    "/lan-to-wan/rate must be a rate",
                    "{ \"wan-to-lan\": { \"rate\": \"11gbit\" } }",
                    "/wan-to-lan/rate must be",
                    "{ \"up\": {} }",
                    "(whole) has the unknown key \"up\"",
                    classes("{ \"rate\": \"1mbit\" }"),
                    "/classes/0 needs a source, a destination",
                    classes("{ \"dscp\": 64, \"rate\": \"1mbit\" }"),
                    "/classes/0/dscp must be",
                    classes("{ \"dscp\": 6, \"rate\": \"11mbit\" }"),
                    "/classes/0 has a rate above",
                    classes(
                        "{ \"source\": \"::/0\", \"destination\": \"0.0.0.0/0\", \"rate\": \"1mbit\" }"),
                    "/classes/0 has networks of two families",
                    classes(
                        "{ \"dscp\": 6, \"rate\": \"6mbit\" }, { \"dscp\": 7, \"rate\": \"6mbit\" }"),
                    "/wan-to-lan promises 12008kbit, more than its rate of 10000kbit")
                .forEach(
                    (configuration, said) ->
                        softly
                            .assertThat(lab.refusal(shaper(configuration)).detail())
                            .contains("configuration ")
                            .contains(said)));
    assertRate(megabits(), 10);
  }

  private static String classes(String classes) {
    return "{ \"wan-to-lan\": { \"rate\": \"10mbit\", \"classes\": [%s] } }".formatted(classes);
  }

  private static void assertRate(double megabits, double shaped) {
    assertThat(megabits).isBetween(0.85 * shaped, 1.0 * shaped);
  }

  /** TCP payload from lan to wan that arrives in a second, in Mbit. */
  private double megabits(String... options) {
    Process listening = new Console(wan).start("iperf3", "-s", "-1");
    try {
      awaitServer(5201);
      String[] command =
          Stream.concat(
                  Stream.of("iperf3", "-c", WAN, "-J", "-t", "3", "-O", "1"),
                  Arrays.stream(options))
              .toArray(String[]::new);
      String said = new Console(lan).run(command);
      JsonObject end = JsonParser.parseString(said).getAsJsonObject().getAsJsonObject("end");
      assertThat(end.get("sum_received")).as(said).isNotNull();
      return end.getAsJsonObject("sum_received").get("bits_per_second").getAsDouble() / 1e6;
    } finally {
      listening.destroyForcibly();
    }
  }

  /** Waits for a socket that listens: closed connections have the same port. */
  private void awaitServer(int port) {
    Pattern listening = Pattern.compile(":%04X [0-9A-F]+:0000 0A ".formatted(port));
    await().until(() -> listening.matcher(new Console(wan).run("cat", "/proc/net/tcp6")).find());
  }

  private Graph shaper(String configuration) {
    return new Graph()
        .endPoint("lan", lan)
        .endPoint("wan", wan)
        .function(
            """
            { "id": "shaper", "functional-capability": "shaper", "configuration": %s,
              "ports": [{ "id": "lan:0" }, { "id": "wan:0" }] }"""
                .formatted(configuration))
        .join("endpoint:lan", "vnf:shaper:lan:0")
        .join("vnf:shaper:wan:0", "endpoint:wan");
  }
}
