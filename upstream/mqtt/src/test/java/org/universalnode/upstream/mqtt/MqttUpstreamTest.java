package org.universalnode.upstream.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.problem.ProblemException;
import org.universalnode.upstream.Destination;
import org.universalnode.upstream.Destination.Login;
import org.universalnode.upstream.Upstream;
import org.universalnode.upstream.UpstreamProvider;

class MqttUpstreamTest {
  private static final String TOPIC = "frog:domain-description";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void theModuleOffersItself() {
    assertThat(UpstreamProvider.installed()).extracting(UpstreamProvider::kind).contains("mqtt");
  }

  @Test
  void whoSubscribesLaterGetsTheNewestDocumentAndLearnsWhenTheNodeLeaves() throws Exception {
    try (Broker broker = new Broker(folder)) {
      Upstream upstream = upstream(broker.address(), "secret", () -> {});
      upstream.deliver("{\"n\":1}");
      upstream.deliver("{\"n\":2}");
      Map<String, String> heard = new ConcurrentHashMap<>();
      MqttClient subscriber = subscriber(broker, heard);
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(heard)
                      .containsEntry(TOPIC, "{\"n\":2}")
                      .containsEntry(
                          TOPIC + "/n1/state", "{\"node\":\"n1\",\"state\":\"online\"}"));
      upstream.close();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> heard.getOrDefault(TOPIC + "/n1/state", "").contains("offline"));
      subscriber.disconnect();
      subscriber.close();
    }
  }

  @Test
  void aBrokerThatComesBackIsToldAgain() throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    try (Broker broker = new Broker(folder);
        Upstream upstream = upstream(broker.address(), "secret", lost::countDown)) {
      upstream.deliver("{}");
      broker.close();
      assertThat(lost.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> upstream.deliver("{}")).isInstanceOf(ProblemException.class);
      broker.start();
      upstream.deliver("{\"back\":true}");
    }
  }

  @Test
  void aWrongPasswordIsAProblemThatDoesNotTellIt() throws Exception {
    try (Broker broker = new Broker(folder);
        Upstream upstream = upstream(broker.address(), "hush-hush", () -> {})) {
      assertThatThrownBy(() -> upstream.deliver("{}"))
          .isInstanceOf(ProblemException.class)
          .message()
          .contains("did not take it")
          .doesNotContain("hush-hush");
    }
  }

  @Test
  void anAddressOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> upstream(URI.create("http://127.0.0.1:1"), "x", () -> {}))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("mqtt://HOST:1883");
  }

  private static Upstream upstream(URI address, String password, Runnable lost) {
    Login login = new Login("node", password);
    return new MqttProvider().open(new Destination(address, TOPIC, "n1", Optional.of(login)), lost);
  }

  private static MqttClient subscriber(Broker broker, Map<String, String> heard) throws Exception {
    MqttClient client =
        new MqttClient(
            broker.address().toString().replace("mqtt", "tcp"), "reader", new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName("node");
    options.setPassword("secret".getBytes(StandardCharsets.UTF_8));
    client.setCallback(new Hearing(heard));
    client.connect(options);
    client.subscribe(new MqttSubscription[] {new MqttSubscription(TOPIC + "/#", 1)});
    return client;
  }

  /** Keeps the last text of each topic. */
  private record Hearing(Map<String, String> heard)
      implements org.eclipse.paho.mqttv5.client.MqttCallback {
    @Override
    public void disconnected(org.eclipse.paho.mqttv5.client.MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(org.eclipse.paho.mqttv5.common.MqttException failure) {}

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      heard.put(topic, new String(message.getPayload(), StandardCharsets.UTF_8));
    }

    @Override
    public void deliveryComplete(org.eclipse.paho.mqttv5.client.IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String server) {}

    @Override
    public void authPacketArrived(
        int reason, org.eclipse.paho.mqttv5.common.packet.MqttProperties properties) {}
  }
}
