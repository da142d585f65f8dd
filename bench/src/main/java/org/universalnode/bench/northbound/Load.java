package org.universalnode.bench.northbound;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.lab.Interrupted;

/**
 * Clients that ask a server for the same thing again and again, each on a connection of its own.
 *
 * @param requests that each of them makes
 */
record Load(int clients, int requests) {
  /** Made on each connection before those that count. */
  static final int FIRST = 20;

  private static final double NANOS_OF_MICRO = 1e3;
  private static final double NANOS_OF_SECOND = 1e9;

  /**
   * What came of it.
   *
   * @param median microseconds from a request to the end of its answer
   * @param p99 likewise
   * @param perSecond answers to all clients together
   */
  record Seen(double median, double p99, double perSecond) {}

  /** What each client saw: nanoseconds of each request, and of all of them. */
  private record Client(List<Double> each, long all) {}

  /** Asks; returns when every client has all its answers. */
  Seen on(URI server, String path) {
    List<Client> seen = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      Callable<Client> client = () -> client(server, path);
      List<Future<Client>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        running.add(threads.submit(client));
      }
      running.forEach(one -> seen.add(result(one)));
    }
    Samples times = new Samples(seen.stream().flatMap(one -> one.each.stream()).toList());
    double rate = seen.stream().mapToDouble(one -> requests * NANOS_OF_SECOND / one.all).sum();
    return new Seen(times.median() / NANOS_OF_MICRO, times.quantile(0.99) / NANOS_OF_MICRO, rate);
  }

  private Client client(URI server, String path) throws IOException {
    try (Connection connection = Connection.to(server)) {
      byte[] request = connection.request(path);
      for (int i = 0; i < FIRST; i++) {
        connection.ask(request);
      }
      List<Double> each = new ArrayList<>(requests);
      long begin = System.nanoTime();
      for (int i = 0; i < requests; i++) {
        long sent = System.nanoTime();
        connection.ask(request);
        each.add((double) (System.nanoTime() - sent));
      }
      return new Client(each, System.nanoTime() - begin);
    }
  }

  private static Client result(Future<Client> running) {
    try {
      return running.get();
    } catch (InterruptedException e) {
      throw Interrupted.cancelled();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client failed", e.getCause());
    }
  }
}
