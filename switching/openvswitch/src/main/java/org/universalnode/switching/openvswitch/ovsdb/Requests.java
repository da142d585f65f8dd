package org.universalnode.switching.openvswitch.ovsdb;

import com.google.gson.JsonArray;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Our requests on one wire, until each has its reply. Any thread may make them. */
final class Requests {
  private record Request(ByteBuffer bytes, Consumer<Reply> receiver) {}

  private final Wire wire;
  private final int most;
  private final Map<Long, Request> outstanding = new LinkedHashMap<>();
  private Optional<Problem> end = Optional.empty();
  private long ids;

  Requests(Wire wire, int most) {
    this.wire = wire;
    this.most = most;
  }

  /**
   * The receiver gets the reply on the thread that serves the wire; or at once, if the request
   * can't be sent.
   */
  long make(String method, JsonArray params, Consumer<Reply> receiver) {
    long id;
    Optional<Problem> cause;
    synchronized (this) {
      id = ++ids;
      cause = end.or(() -> send(new Request(Message.request(method, params, id), receiver)));
    }
    cause.ifPresent(problem -> receiver.accept(new Reply.Lost(problem, false)));
    return id;
  }

  private Optional<Problem> send(Request request) {
    if (outstanding.size() >= most || !wire.send(request.bytes)) {
      return Optional.of(
          Problem.of(Code.LIMIT, "too much waits for the database already")
              .next("try again later, or look into the log of ovsdb-server"));
    }
    outstanding.put(ids, request);
    return Optional.empty();
  }

  /** Lets go of a request, which the server may have done all the same (section 4.1.4). */
  synchronized void cancel(long id) {
    if (outstanding.remove(id) != null) {
      JsonArray params = new JsonArray();
      params.add(id);
      wire.send(Message.notification("cancel", params));
    }
  }

  /** A reply that nobody waits for is late; but it must be one to a request that was made. */
  void replied(long id, Reply reply) {
    Optional<Request> request;
    synchronized (this) {
      if (id < 1 || id > ids) {
        throw Problem.of(Code.INVALID_DOCUMENT, "the database answered what was not asked: " + id)
            .next(Json.NEXT_STEP)
            .asException();
      }
      request = Optional.ofNullable(outstanding.remove(id));
    }
    request.ifPresent(asked -> asked.receiver.accept(reply));
  }

  /** No more replies will come; called by the thread that served the wire. */
  void end(Problem cause) {
    List<Request> lost;
    synchronized (this) {
      end = Optional.of(cause);
      lost = new ArrayList<>(outstanding.values());
      outstanding.clear();
    }
    lost.forEach(
        request -> request.receiver.accept(new Reply.Lost(cause, request.bytes.position() > 0)));
  }
}
