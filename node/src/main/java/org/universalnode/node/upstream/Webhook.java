package org.universalnode.node.upstream;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;
import org.universalnode.upstream.Destination;
import org.universalnode.upstream.Destination.Login;
import org.universalnode.upstream.Upstream;

/**
 * An HTTP server that takes documents with POST, signed as Standard Webhooks has it
 * (https://www.standardwebhooks.com). Redirects are not followed: a document goes nowhere else than
 * where it was sent.
 */
final class Webhook implements Upstream {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Destination destination;
  private final Optional<Signature> signature;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(Redirect.NEVER)
          .connectTimeout(LIMIT)
          .build();

  Webhook(Destination destination, Optional<byte[]> key) {
    this.destination = destination;
    this.signature = key.map(Signature::new);
  }

  @Override
  public void deliver(String document) {
    try {
      HttpResponse<Void> answer = client.send(request(document), BodyHandlers.discarding());
      if (answer.statusCode() / 100 != 2) {
        throw refused("it answered " + answer.statusCode(), Optional.empty());
      }
    } catch (IOException e) {
      throw refused(e.toString(), Optional.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused("it was not waited for", Optional.of(e));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest request(String document) {
    String id = UUID.randomUUID().toString();
    String time = String.valueOf(Instant.now().getEpochSecond());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(destination.address())
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", time)
            .header("webhook-topic", destination.topic())
            .POST(BodyPublishers.ofString(document));
    signature.ifPresent(
        by -> request.header("webhook-signature", by.of(id + "." + time + "." + document)));
    destination
        .login()
        .map(Webhook::authorization)
        .ifPresent(value -> request.header("Authorization", value));
    return request.build();
  }

  private static String authorization(Login login) {
    return login.user().isEmpty()
        ? "Bearer " + login.secret()
        : "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (login.user() + ":" + login.secret()).getBytes(StandardCharsets.UTF_8));
  }

  private ProblemException refused(String why, Optional<Exception> cause) {
    Problem problem =
        Problem.of(Code.UNAVAILABLE, "the webhook did not take it: " + why)
            .next("see what serves " + destination.address());
    return new ProblemException(List.of(problem), cause.orElse(null));
  }
}
