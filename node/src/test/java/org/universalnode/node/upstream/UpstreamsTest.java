package org.universalnode.node.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.upstream.Receiver.Received;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;

class UpstreamsTest {
  private static final byte[] KEY =
      "a key of 32 bytes, not a secret!".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void aDocumentIsSignedWithItsTimeSoThatItCanBeChecked() throws Exception {
    Path key = secret("key", "whsec_" + Base64.getEncoder().encodeToString(KEY) + "\n");
    Path login = secret("login", "node\nsecret\n");
    try (Receiver receiver = new Receiver();
        Upstreams upstreams = upstreams(receiver, Optional.of(login), Optional.of(key))) {
      upstreams.tell("{\"n\":1}");
      Received got = receiver.next(_ -> true);
      assertThat(got.body()).isEqualTo("{\"n\":1}");
      String time = got.headers().getFirst("webhook-timestamp");
      String signed = got.headers().getFirst("webhook-id") + "." + time + "." + got.body();
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      assertThat(got.headers().getFirst("webhook-signature"))
          .isEqualTo(
              "v1,"
                  + Base64.getEncoder()
                      .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
      assertThat(Long.parseLong(time))
          .isCloseTo(System.currentTimeMillis() / 1000, org.assertj.core.data.Offset.offset(60L));
      assertThat(got.headers().getFirst("Authorization"))
          .isEqualTo(
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString("node:secret".getBytes(StandardCharsets.UTF_8)));
      assertThat(got.headers().getFirst("webhook-topic")).isEqualTo("frog:domain-description");
    }
  }

  @Test
  void whatIsRefusedComesAgainUntilItIsTakenAndThenNoMore() throws Exception {
    try (Receiver receiver = new Receiver();
        Upstreams upstreams = upstreams(receiver, Optional.empty(), Optional.empty())) {
      receiver.answer(503);
      upstreams.tell("old");
      receiver.next("old"::equals);
      receiver.next("old"::equals);
      receiver.answer(204);
      upstreams.tell("new");
      receiver.next("new"::equals);
      upstreams.tell("last");
      receiver.next("last"::equals);
      assertThat(receiver.waiting()).isZero();
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    try (Receiver receiver = new Receiver();
        Upstreams upstreams = upstreams(receiver, Optional.empty(), Optional.empty())) {
      receiver.answer(307);
      upstreams.tell("one");
      receiver.next("one"::equals);
      receiver.next("one"::equals); // again, to the same place
    }
  }

  @Test
  void closingWaitsForNoUpstream() throws Exception {
    try (Receiver receiver = new Receiver()) {
      receiver.answer(500);
      Upstreams upstreams = upstreams(receiver, Optional.empty(), Optional.empty());
      upstreams.tell("one");
      receiver.next("one"::equals);
      upstreams.close();
    }
  }

  @Test
  void secretsThatOthersMayReadAndKeysThatAreNoneAreRefused() throws Exception {
    Path open = secret("open", "whsec_" + Base64.getEncoder().encodeToString(KEY));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> Secrets.key(open))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("chmod 600");
    Path weak = secret("weak", "whsec_c2hvcnQ=");
    assertThatThrownBy(() -> Secrets.key(weak))
        .hasMessageContaining("holds no key")
        .message()
        .doesNotContain("c2hvcnQ");
    Path none = secret("none", "\n\n\n");
    assertThatThrownBy(() -> Secrets.login(none)).hasMessageContaining("holds no login");
  }

  @Test
  void aKindThatIsNotInstalledIsAProblem() throws Exception {
    try (Receiver receiver = new Receiver()) {
      UpstreamOptions other =
          new UpstreamOptions(
              "carrier-pigeon", receiver.address(), "t", Optional.empty(), Optional.empty());
      assertThatThrownBy(() -> new Upstreams(List.of(other), "n1"))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("carrier-pigeon");
      assertThat(Upstreams.check(other)).isInstanceOf(Result.Failed.class);
      for (String kind : List.of("mqtt", "nats")) {
        URI address = URI.create(kind + "://127.0.0.1:1");
        UpstreamOptions good =
            new UpstreamOptions(kind, address, "t", Optional.empty(), Optional.empty());
        assertThat(Upstreams.check(good)).isEqualTo(Result.done());
      }
    }
  }

  private Path secret(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static Upstreams upstreams(
      Receiver receiver, Optional<Path> credentials, Optional<Path> key) {
    UpstreamOptions one =
        new UpstreamOptions(
            UpstreamOptions.WEBHOOK,
            receiver.address(),
            UpstreamOptions.USUAL_TOPIC,
            credentials,
            key);
    return new Upstreams(List.of(one), "n1");
  }
}
