package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.universalnode.functions.DnsFilterGraph.FAR;
import static org.universalnode.functions.DnsFilterGraph.FILTER;
import static org.universalnode.functions.DnsFilterGraph.UPSTREAM;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.testbed.Host;

/**
 * A host of lan, and behind wan a name server that has another address in another subnet, where no
 * name server listens.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class DnsFilterTest {
  private static final String ANSWER = "192.0.2.7";

  @TempDir Path state;
  private Lab lab;
  private Host lan;
  private Host wan;
  private NameServer upstream;
  private NameQuestion far;

  @BeforeEach
  void start() {
    lab = new Lab(state, "10.0.0.3/24", UPSTREAM + "/24");
    lan = lab.host(0);
    wan = lab.host(1);
    wan.address(FAR + "/24");
    lan.route("203.0.113.0/24", UPSTREAM);
    upstream = new NameServer(wan, UPSTREAM, "example", ANSWER);
    far = NameQuestion.by(lan).to(FAR);
  }

  @AfterEach
  void nothingIsLeft() {
    upstream.close();
    lab.close();
  }

  @Test
  void whoeverIsAskedBlockedNamesDoNotExist() {
    lab.apply(filtering("\"block\": [\"Ads.example\"]"));
    for (NameQuestion question : new NameQuestion[] {far, far.to(UPSTREAM), far.to(FILTER)}) {
      assertThat(question.about("ads.example").saysThereIsNoSuchName()).isTrue();
      assertThat(question.about("x.y.ads.example").saysThereIsNoSuchName()).isTrue();
      assertThat(question.about("www.example").addresses()).containsExactly(ANSWER);
      assertThat(question.about("noads.example").addresses()).containsExactly(ANSWER);
    }
  }

  @Test
  void questionsByTcpAreNoWayRound() {
    lab.apply(filtering("\"block\": [\"ads.example\"]"));
    assertThat(far.byTcpAbout("ads.example").saysThereIsNoSuchName()).isTrue();
    assertThat(far.byTcpAbout("www.example").addresses()).containsExactly(ANSWER);
  }

  @Test
  void whatIsAllowedIsNotBlocked() {
    lab.apply(
        filtering(
            """
            "block": ["ads.example", "t.good.ads.example"], "allow": ["good.ads.example"]"""));
    assertThat(far.about("bad.ads.example").saysThereIsNoSuchName()).isTrue();
    assertThat(far.about("good.ads.example").addresses()).containsExactly(ANSWER);
    assertThat(far.about("t.good.ads.example").addresses()).containsExactly(ANSWER);
  }

  @Test
  void everythingElsePassesBothWays() {
    lab.apply(filtering("\"block\": [\"ads.example\"]"));
    assertThat(lan.connect(wan, FAR, 853)).contains("10.0.0.3");
    assertThat(wan.connect(lan, "10.0.0.3", 80)).contains(UPSTREAM);
    assertThat(Datagrams.between(lan, wan, FAR).arriving(52, 54)).containsExactly(52, 54);
    assertThat(Datagrams.between(wan, lan, "10.0.0.3").arriving(53)).containsExactly(53);
  }

  @Test
  void dnsOverTlsCanBeBlocked() {
    lab.apply(filtering("\"dns-over-tls\": \"block\""));
    assertThat(lan.connect(wan, FAR, 853)).isEmpty();
    assertThat(lan.connect(wan, FAR, 443)).isPresent();
  }

  @Test
  void wanGetsNoAnswers() {
    lab.apply(filtering("\"block\": [\"ads.example\"]"));
    assertThat(NameQuestion.by(wan).to(FILTER).about("www.example").isSilence()).isTrue();
    assertThat(NameQuestion.by(lan).to(FILTER).about("www.example").isAnswered()).isTrue();
  }

  @Test
  void theStatusCountsQuestionsAndBlockedOnes() {
    lab.apply(filtering("\"block\": [\"ads.example\", \"spy.example\"]"));
    far.about("www.example");
    far.about("www.example");
    far.about("ads.example");
    for (int i = 0; i < 2; i++) {
      JsonObject report = lab.report("filter");
      assertThat(report.get("queries").getAsInt()).isEqualTo(3);
      assertThat(report.get("blocked").getAsInt()).isEqualTo(1);
      assertThat(report.get("blocked-names").getAsInt()).isEqualTo(2);
    }
  }

  @Test
  void anUpdateHoldsAtOnceAndLosesNothing() {
    lab.apply(filtering("\"block\": [\"ads.example\"]"));
    Conversation conversation = new Conversation(lan, wan, UPSTREAM, 5000);
    try (conversation) {
      lab.apply(filtering("\"block\": [\"spy.example\"]"));
      assertThat(far.about("ads.example").isAnswered()).isTrue();
      assertThat(far.about("spy.example").saysThereIsNoSuchName()).isTrue();
    }
    assertThat(conversation.lost()).isZero();
    assertThat(conversation.answered()).isGreaterThan(100);
    assertThat(lab.report("filter").get("queries").getAsInt()).isEqualTo(2);
  }

  @Test
  void theFiltersOwnAddressCanChange() {
    lab.apply(filtering("\"block\": [\"ads.example\"], \"gateway\": \"%s\"".formatted(UPSTREAM)));
    wan.address("192.0.2.99/24");
    lab.apply(
        DnsFilterGraph.between(
            lan,
            wan,
            """
            { "address": "10.0.0.6/24", "upstream": ["10.0.0.2"], "block": ["spy.example"] }"""));
    assertThat(far.to("10.0.0.6").about("spy.example").saysThereIsNoSuchName()).isTrue();
    assertThat(far.about("ads.example").addresses()).containsExactly(ANSWER);
  }

  @Test
  void aRefusedUpdateLeavesTheOldSettingsInForce() {
    lab.apply(filtering("\"block\": [\"ads.example\"]"));
    assertThat(lab.refusal(filtering("\"block\": [\"spy.example\", \"/\"]")).detail())
        .contains("configuration /block/1 must be a domain name");
    assertThat(lab.refusal(filtering("\"block-file\": \"/absent\"")).detail())
        .contains("configuration /block-file /absent cannot be read");
    assertThat(far.about("spy.example").isAnswered()).isTrue();
    assertThat(far.about("ads.example").saysThereIsNoSuchName()).isTrue();
  }

  @Test
  void eachRefusedConfigurationNamesItsElement() {
    assertSoftly(
        softly ->
            Map.of(
                    "{}", "(whole) needs address",
                    "{ \"address\": \"10.0.0.5\" }", "/address must be an IPv4 address with its",
                    "{ \"address\": \"10.0.0.5/24\" }", "(whole) needs upstream",
                    "{ \"address\": \"10.0.0.5/24\", \"upstream\": [] }", "/upstream needs at",
                    "{ \"address\": \"10.0.0.5/24\", \"upstream\": [1] }", "/upstream/0 must be",
                    "{ \"addresses\": 1 }", "(whole) has the unknown key \"addresses\"")
                .forEach(
                    (configuration, said) ->
                        softly
                            .assertThat(lab.refusal(between(configuration)).detail())
                            .contains("configuration " + said)));
    assertThat(lab.refusal(filtering("\"gateway\": \"192.0.2.1\"")).detail())
        .contains("configuration /gateway 192.0.2.1 is not in the subnet of /address");
    assertThat(lab.hasGraph()).isFalse();
  }

  private Graph filtering(String members) {
    return DnsFilterGraph.filtering(lan, wan, members);
  }

  private Graph between(String configuration) {
    return DnsFilterGraph.between(lan, wan, configuration);
  }
}
