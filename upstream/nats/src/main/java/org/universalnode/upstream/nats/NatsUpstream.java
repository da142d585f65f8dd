package org.universalnode.upstream.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;
import org.universalnode.upstream.Destination;
import org.universalnode.upstream.Destination.Login;
import org.universalnode.upstream.Upstream;

/** A NATS server. It keeps nothing: who subscribes later hears of the next change. */
final class NatsUpstream implements Upstream {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Destination destination;
  private final Runnable lost;
  private Optional<Connection> connection = Optional.empty();

  NatsUpstream(Destination destination, Runnable lost) {
    if (!"nats".equals(destination.address().getScheme())) {
      throw Problem.of(
              Code.INVALID_DOCUMENT, destination.address() + " is no address of a NATS server")
          .next("write nats://HOST:4222")
          .asException();
    }
    this.destination = destination;
    this.lost = lost;
  }

  @Override
  public synchronized void deliver(String document) {
    try {
      Connection there = connected();
      there.publish(destination.topic(), document.getBytes(StandardCharsets.UTF_8));
      there.flush(LIMIT); // returns when the server has answered a ping that was sent after it
    } catch (IOException | TimeoutException | IllegalStateException e) {
      hangUp();
      throw refused(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(e);
    }
  }

  @Override
  public synchronized void close() {
    hangUp();
  }

  private Connection connected() throws IOException, InterruptedException {
    if (connection.filter(there -> there.getStatus() == Connection.Status.CONNECTED).isEmpty()) {
      hangUp();
      connection = Optional.of(Nats.connect(options()));
    }
    return connection.orElseThrow();
  }

  private Options options() {
    Options.Builder options =
        new Options.Builder()
            .server(destination.address().toString())
            .connectionName(destination.sender())
            .connectionTimeout(LIMIT)
            .noReconnect()
            .errorListener(new ErrorListener() {}) // the deliveries that fail are told
            .connectionListener((_, event) -> hear(event));
    destination.login().ifPresent(login -> authenticate(options, login));
    return options.build();
  }

  private static void authenticate(Options.Builder options, Login login) {
    char[] secret = login.secret().toCharArray();
    if (login.user().isEmpty()) {
      options.token(secret);
    } else {
      options.userInfo(login.user().toCharArray(), secret);
    }
  }

  private void hear(Events event) {
    if (event == Events.DISCONNECTED) {
      lost.run();
    }
  }

  private void hangUp() {
    Optional<Connection> old = connection;
    connection = Optional.empty();
    try {
      if (old.isPresent()) {
        old.get().close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ProblemException refused(Exception cause) {
    Problem problem =
        Problem.of(Code.UNAVAILABLE, "the NATS server did not take it: " + cause)
            .next("see that a server runs at " + destination.address());
    return new ProblemException(List.of(problem), cause);
  }
}
