package org.universalnode.switching.openvswitch.ovsdb;

import com.google.gson.JsonArray;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * A database of an ovsdb-server, by one connection that is made again whenever it is lost. A
 * snapshot never lacks what this side's own committed transactions did: the server tells of changes
 * before it answers the transaction that made them (ovsdb-server(7), on section 4.1.5).
 */
public final class Database implements AutoCloseable {
  private final Settings settings;
  private final Mirror mirror;
  private final Connector connector;

  private Database(Settings settings, Listener listener) {
    this.settings = settings;
    this.mirror = new Mirror(listener, settings.notConnected("no answer yet"));
    this.connector = new Connector(settings, mirror);
  }

  /**
   * Connects, and returns when the first snapshot is there.
   *
   * @throws ProblemException if the server can't be reached, or the schema is not as the settings
   *     say; nothing goes on in the background then
   */
  public static Database open(Settings settings, Listener listener) {
    Database database = new Database(settings, listener);
    Optional<Problem> problem = database.connector.start();
    if (problem.isPresent()) {
      database.close();
      throw problem.get().asException();
    }
    return database;
  }

  public Outcome transact(Operation... operations) {
    return transact(List.of(operations));
  }

  /** Does all operations at once, or none. */
  public Outcome transact(List<Operation> operations) {
    refuseListener();
    List<Operation> all = List.copyOf(operations);
    return new OutcomeReader(all).read(ask(all));
  }

  /**
   * What is watched, as it is now.
   *
   * @throws ProblemException while there is no connection
   */
  public Snapshot snapshot() {
    return mirror.snapshot();
  }

  /**
   * Waits, across lost connections too, until the condition gives something for a snapshot.
   *
   * @param what is awaited, for the message
   * @throws ProblemException with TIMEOUT if it does not in time
   */
  public <T> T await(String what, Duration atMost, Function<Snapshot, Optional<T>> condition) {
    refuseListener();
    return mirror.await(what, atMost, condition);
  }

  /** Ends the connection and all who wait; a transaction that is under way may still be done. */
  @Override
  public void close() {
    connector.stop();
  }

  private Reply ask(List<Operation> operations) {
    Optional<Requests> requests = connector.requests();
    if (requests.isEmpty()) {
      return new Reply.Lost(mirror.absence().orElseGet(() -> settings.notConnected("lost")), false);
    }
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    JsonArray params = Encoder.transaction(settings.database(), operations);
    long id = requests.get().make("transact", params, answer::complete);
    Duration patience = waits(operations).plus(settings.limits().request());
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      requests.get().cancel(id);
      return unanswered("within " + patience.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      requests.get().cancel(id);
      return unanswered("before the caller was interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a reply is completed, never failed", e);
    }
  }

  private static Duration waits(List<Operation> operations) {
    return operations.stream()
        .map(operation -> operation instanceof Operation.Wait wait ? wait.atMost() : Duration.ZERO)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Reply unanswered(String when) {
    Problem cause =
        Problem.of(Code.TIMEOUT, "the database did not answer " + when)
            .next("read the rows again; see whether ovsdb-server is busy");
    return new Reply.Lost(cause, true);
  }

  private void refuseListener() {
    if (connector.isCurrentThread()) {
      throw new IllegalStateException("a listener may not wait for the database");
    }
  }
}
