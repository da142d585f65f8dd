package org.universalnode.node.rest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * Lets in as many requests as there is capacity for, and refuses the others at once. Changes have a
 * bound of their own, so that questions are answered however many changes hang.
 */
final class Admission {
  private static final int KILOBYTE = 1_024;

  private final Semaphore requests;
  private final Semaphore changes;
  private final Semaphore bodies;

  /** A request's place among those that are worked on, until it is closed. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  Admission(Capacity capacity) {
    this.requests = new Semaphore(capacity.requests());
    this.changes = new Semaphore(capacity.changes());
    this.bodies = new Semaphore(capacity.bodyKilobytes());
  }

  /**
   * Lets a request in.
   *
   * @param length of its body at most, in bytes
   * @throws org.universalnode.problem.ProblemException if it has to come again later
   */
  Place admit(String method, List<String> path, int length) {
    Deque<Place> places = new ArrayDeque<>();
    try {
      places.push(take(requests, 1, "requests"));
      if (isChange(method, path)) {
        places.push(take(changes, 1, "changes of graphs"));
      }
      places.push(take(bodies, (length + KILOBYTE - 1) / KILOBYTE, "kilobytes of requests"));
      return () -> places.forEach(Place::close);
    } catch (RuntimeException e) {
      places.forEach(Place::close);
      throw e;
    }
  }

  /** A trace is computed; whatever else is not just read can wait for a graph or a handler. */
  private static boolean isChange(String method, List<String> path) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    return !reads && !(path.size() == 3 && path.getLast().equals("trace"));
  }

  private static Place take(Semaphore places, int count, String what) {
    if (!places.tryAcquire(count)) {
      throw busy("as many " + what + " are under way as the node does at the same time");
    }
    return () -> places.release(count);
  }

  static RuntimeException busy(String detail) {
    return Problem.of(Code.BUSY, detail)
        .next("try again; the header Retry-After says in how many seconds")
        .asException();
  }
}
