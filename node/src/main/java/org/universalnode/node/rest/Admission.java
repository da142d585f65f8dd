package org.universalnode.node.rest;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * Lets in as many requests as there is capacity for, and refuses the others at once. Changes have a
 * bound of their own, so that questions are answered however many changes hang.
 */
final class Admission {
  private final Semaphore requests;
  private final Semaphore changes;

  /** A request's place among those that are worked on, until it is closed. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  Admission(Capacity capacity) {
    this.requests = new Semaphore(capacity.requests());
    this.changes = new Semaphore(capacity.changes());
  }

  /**
   * Lets a request in.
   *
   * @throws org.universalnode.problem.ProblemException if it has to come again later
   */
  Place admit(String method, List<String> path) {
    Place place = take(requests, "requests");
    if (!isChange(method, path)) {
      return place;
    }
    try {
      Place change = take(changes, "changes of graphs");
      return () -> {
        change.close();
        place.close();
      };
    } catch (RuntimeException e) {
      place.close();
      throw e;
    }
  }

  /** A trace is computed; whatever else is not just read can wait for a graph or a handler. */
  private static boolean isChange(String method, List<String> path) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    return !reads && !(path.size() == 3 && path.getLast().equals("trace"));
  }

  private static Place take(Semaphore places, String what) {
    if (!places.tryAcquire()) {
      throw busy("as many " + what + " are under way as the node does at the same time");
    }
    return places::release;
  }

  static RuntimeException busy(String detail) {
    return Problem.of(Code.BUSY, detail)
        .next("try again; the header Retry-After says in how many seconds")
        .asException();
  }
}
