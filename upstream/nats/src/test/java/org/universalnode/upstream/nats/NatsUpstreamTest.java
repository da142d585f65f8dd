package org.universalnode.upstream.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.Subscription;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.problem.ProblemException;
import org.universalnode.upstream.Destination;
import org.universalnode.upstream.Destination.Login;
import org.universalnode.upstream.Upstream;
import org.universalnode.upstream.UpstreamProvider;

class NatsUpstreamTest {
  private static final String TOPIC = "frog:domain-description";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void theModuleOffersItself() {
    assertThat(UpstreamProvider.installed()).extracting(UpstreamProvider::kind).contains("nats");
  }

  @Test
  void whoSubscribesGetsTheDocument() throws Exception {
    try (Server server = new Server(folder, "--user", "node", "--pass", "secret");
        Connection reader = Nats.connect(reader(server).userInfo("node", "secret").build());
        Upstream upstream = upstream(server.address(), new Login("node", "secret"), () -> {})) {
      Subscription subscription = reader.subscribe(TOPIC);
      reader.flush(PATIENCE);
      upstream.deliver("{\"n\":1}");
      Message message = Objects.requireNonNull(subscription.nextMessage(PATIENCE));
      assertThat(new String(message.getData(), StandardCharsets.UTF_8)).isEqualTo("{\"n\":1}");
    }
  }

  @Test
  void aServerThatComesBackIsToldAgain() throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    try (Server server = new Server(folder, "--auth", "token");
        Upstream upstream = upstream(server.address(), new Login("", "token"), lost::countDown)) {
      upstream.deliver("{}");
      server.close();
      assertThat(lost.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> upstream.deliver("{}")).isInstanceOf(ProblemException.class);
      server.start();
      upstream.deliver("{\"back\":true}");
    }
  }

  @Test
  void aWrongTokenIsAProblemThatDoesNotTellIt() throws Exception {
    try (Server server = new Server(folder, "--auth", "token");
        Upstream upstream = upstream(server.address(), new Login("", "hush-hush"), () -> {})) {
      assertThatThrownBy(() -> upstream.deliver("{}"))
          .isInstanceOf(ProblemException.class)
          .message()
          .contains("did not take it")
          .doesNotContain("hush-hush");
    }
  }

  @Test
  void anAddressOfAnotherKindIsRefused() {
    URI other = URI.create("tls://127.0.0.1:1");
    assertThatThrownBy(() -> upstream(other, new Login("", "x"), () -> {}))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("nats://HOST:4222");
  }

  private static Options.Builder reader(Server server) {
    return new Options.Builder().server(server.address().toString());
  }

  private static Upstream upstream(URI address, Login login, Runnable lost) {
    return new NatsProvider().open(new Destination(address, TOPIC, "n1", Optional.of(login)), lost);
  }
}
