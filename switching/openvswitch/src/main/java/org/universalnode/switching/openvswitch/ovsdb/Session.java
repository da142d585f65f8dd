package org.universalnode.switching.openvswitch.ovsdb;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** JSON-RPC on one wire, as the thread sees it that serves the wire and notices if it is dead. */
final class Session {
  private final Wire wire;
  private final Limits limits;
  private final Requests requests;
  private final Consumer<Message.Notification> notified;
  private long heard = System.nanoTime();
  private boolean probed;

  Session(Wire wire, Limits limits, Consumer<Message.Notification> notified) {
    this.wire = wire;
    this.limits = limits;
    this.requests = new Requests(wire, limits.outstanding());
    this.notified = notified;
  }

  Requests requests() {
    return requests;
  }

  /** Makes a request and serves until its result has been received; errors are thrown. */
  void ask(String method, JsonArray params, Consumer<JsonElement> receiver) throws IOException {
    AtomicBoolean received = new AtomicBoolean();
    long deadline = System.nanoTime() + limits.request().toNanos();
    long id =
        requests.make(
            method,
            params,
            reply -> {
              receiver.accept(result(reply));
              received.set(true);
            });
    try {
      while (!received.get()) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (!left.isPositive()) {
          throw silence("did not answer " + method + " within " + limits.request()).asException();
        }
        step(left);
      }
    } finally {
      requests.cancel(id);
    }
  }

  /** Serves until stopped; what ends the connection before is thrown. */
  void serve(BooleanSupplier stopped) throws IOException {
    while (!stopped.getAsBoolean()) {
      step(limits.probe());
    }
  }

  private static JsonElement result(Reply reply) {
    return switch (reply) {
      case Reply.Result(JsonElement json) -> json;
      case Reply.Refused(JsonElement json) -> throw ServerError.of(json).problem().asException();
      case Reply.Lost(Problem cause, _) -> throw cause.asException();
    };
  }

  private void step(Duration atMost) throws IOException {
    Duration silent = Duration.ofNanos(System.nanoTime() - heard);
    Duration left = limits.probe().multipliedBy(probed ? 2 : 1).minus(silent);
    if (left.isPositive()) {
      wire.exchange(left.compareTo(atMost) < 0 ? left : atMost, this::receive);
    } else if (probed) {
      throw silence("was silent for " + silent.toMillis() + " ms").asException();
    } else {
      probed = true;
      requests.make("echo", new JsonArray(), _ -> {});
    }
  }

  private void receive(String text) {
    heard = System.nanoTime();
    probed = false;
    switch (Message.read(text)) {
      case Message.Response(JsonElement id, Reply reply) ->
          requests.replied(Decoder.whole(id), reply);
      case Message.Notification notification -> notified.accept(notification);
      case Message.Request request -> answer(request);
    }
  }

  /** The server may ask for an echo (section 4.1.11) and for nothing else. */
  private void answer(Message.Request request) {
    ByteBuffer response =
        request.method().equals("echo")
            ? Message.response(request.id(), request.params(), JsonNull.INSTANCE)
            : Message.response(
                request.id(), JsonNull.INSTANCE, new JsonPrimitive("unknown method"));
    if (!wire.send(response)) {
      throw silence("asks and does not read the answers").asException();
    }
  }

  private static Problem silence(String what) {
    return Problem.of(Code.TIMEOUT, "the database " + what)
        .next("see whether ovsdb-server runs and has a processor to run on");
  }
}
