package org.universalnode.bench.life;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;

/** Many graphs of one bridge function each, on VLANs of their own between two interfaces. */
record Crowd(Plugged plugged, NodeProcess node, int graphs) {
  private static final int ASKING = 16;
  private static final int TOO_MANY = 429;
  private static final int BAD = 400;

  /**
   * What came of many requests at once.
   *
   * @param milliseconds until the last was answered
   * @param deferred answers that said to come again
   * @param refused requests that failed for good
   */
  record Seen(double milliseconds, int deferred, int refused) {}

  /** Creates all of them, {@value #ASKING} at a time. */
  Seen create() {
    return ask(name -> node.tryPut(name, document(name)));
  }

  /** Deletes all of them in the same way. */
  Seen delete() {
    return ask(node::tryDelete);
  }

  List<String> names() {
    return IntStream.range(0, graphs).mapToObj(number -> "g" + number).toList();
  }

  private String document(String name) {
    int vlan = 1 + Integer.parseInt(name.substring(1));
    return new GraphDocument()
        .vlanAt("lan", plugged.lan(), vlan)
        .vlanAt("wan", plugged.wan(), vlan)
        .series(List.of("bridge"))
        .toString();
  }

  private Seen ask(Function<String, HttpResponse<String>> request) {
    AtomicInteger deferred = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    long begin = System.nanoTime();
    try (ExecutorService asking = Executors.newFixedThreadPool(ASKING)) {
      List<? extends Future<?>> all =
          names().stream()
              .map(name -> asking.submit(() -> ask(request, name, deferred, refused)))
              .toList();
      all.forEach(Crowd::await);
    }
    return new Seen(Times.since(begin), deferred.get(), refused.get());
  }

  private static void ask(
      Function<String, HttpResponse<String>> request,
      String name,
      AtomicInteger deferred,
      AtomicInteger refused) {
    HttpResponse<String> answer = request.apply(name);
    while (answer.statusCode() == TOO_MANY) {
      deferred.incrementAndGet();
      long seconds = answer.headers().firstValueAsLong("Retry-After").orElse(1);
      LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos());
      answer = request.apply(name);
    }
    if (answer.statusCode() >= BAD) {
      refused.incrementAndGet();
    }
  }

  private static void await(Future<?> one) {
    try {
      one.get();
    } catch (InterruptedException e) {
      throw Interrupted.cancelled();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request could not be made", e.getCause());
    }
  }
}
