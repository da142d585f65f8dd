package org.universalnode.upstream.mqtt;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;
import org.universalnode.upstream.Destination;
import org.universalnode.upstream.Upstream;

/**
 * A broker that keeps the newest document for whoever comes later, and tells on a topic beside it
 * whether this node is there: the broker itself says so if the node just vanishes (its last will).
 */
final class MqttUpstream implements Upstream {
  private static final System.Logger LOG = System.getLogger(MqttUpstream.class.getName());
  private static final int SECONDS = 5;
  private static final int KEEP_ALIVE_SECONDS = 20;
  private static final long CLOSING_MILLIS = 500;
  private static final int AT_LEAST_ONCE = 1;

  private final Destination destination;
  private final String server;
  private final Runnable lost;
  private Optional<MqttClient> client = Optional.empty();

  MqttUpstream(Destination destination, Runnable lost) {
    this.destination = destination;
    this.server = server(destination.address());
    this.lost = lost;
  }

  @Override
  public synchronized void deliver(String document) {
    try {
      connected().publish(destination.topic(), kept(document));
    } catch (MqttException e) {
      hangUp();
      throw new ProblemException(
          java.util.List.of(
              Problem.of(Code.UNAVAILABLE, "the MQTT broker did not take it: " + reason(e))
                  .next("see that a broker runs at " + destination.address())),
          e);
    }
  }

  @Override
  public synchronized void close() {
    client
        .filter(MqttClient::isConnected)
        .ifPresent(
            there -> {
              try {
                there.setTimeToWait(CLOSING_MILLIS);
                there.publish(stateTopic(), kept(state("offline")));
                there.disconnect(CLOSING_MILLIS);
              } catch (MqttException e) {
                LOG.log(System.Logger.Level.DEBUG, "the broker tells that itself", e);
              }
            });
    hangUp();
  }

  private MqttClient connected() throws MqttException {
    if (client.isPresent() && client.get().isConnected()) {
      return client.get();
    }
    hangUp();
    MqttClient fresh = new MqttClient(server, destination.sender(), new MemoryPersistence());
    client = Optional.of(fresh);
    fresh.setTimeToWait(SECONDS * 1_000L);
    fresh.setCallback(new Loss(lost));
    fresh.connect(options());
    fresh.publish(stateTopic(), kept(state("online")));
    return fresh;
  }

  private MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setAutomaticReconnect(false);
    options.setConnectionTimeout(SECONDS);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setHttpsHostnameVerificationEnabled(true);
    options.setWill(stateTopic(), kept(state("offline")));
    destination
        .login()
        .ifPresent(
            login -> {
              options.setUserName(login.user());
              options.setPassword(login.secret().getBytes(StandardCharsets.UTF_8));
            });
    return options;
  }

  private void hangUp() {
    client.ifPresent(
        old -> {
          try {
            if (old.isConnected()) {
              old.disconnectForcibly(0, CLOSING_MILLIS, false);
            }
            old.close(true);
          } catch (MqttException e) {
            LOG.log(System.Logger.Level.DEBUG, "it was closed already", e);
          }
        });
    client = Optional.empty();
  }

  private String stateTopic() {
    return destination.topic() + "/" + destination.sender() + "/state";
  }

  private String state(String word) {
    return "{\"node\":\"%s\",\"state\":\"%s\"}".formatted(destination.sender(), word);
  }

  private static MqttMessage kept(String text) {
    MqttMessage message = new MqttMessage(text.getBytes(StandardCharsets.UTF_8));
    message.setQos(AT_LEAST_ONCE);
    message.setRetained(true);
    return message;
  }

  private static String reason(MqttException e) {
    return e.getCause() == null ? String.valueOf(e.getMessage()) : e.getCause().toString();
  }

  private static String server(URI address) {
    String scheme = String.valueOf(address.getScheme());
    String place = address.getHost() + ":" + address.getPort();
    return switch (scheme) {
      case "mqtt" -> "tcp://" + place;
      case "mqtts" -> "ssl://" + place;
      default ->
          throw Problem.of(Code.INVALID_DOCUMENT, address + " is no address of an MQTT broker")
              .next("write mqtt://HOST:1883 or mqtts://HOST:8883")
              .asException();
    };
  }
}
