package org.universalnode.bench.traffic;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.universalnode.bench.lab.Ends;
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.Programs;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * TCP between two hosts, by iperf3. Each end of a single stream stays on a core of its own. Core
 * time counts from the start to the end of its client, some hundredths of a second more than it
 * sends.
 */
public final class TcpStream implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
  private static final int ATTEMPTS = 100;
  private static final int SECOND_CHANCES = 5;
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final String PINNED = "--affinity=0,1";

  /** Remote port 5201 and the state, as proc(5) shows them. */
  private static final String ESTABLISHED = ":1451 01 ";

  private final Programs programs;
  private final Ends ends;
  private final Programs.Running server;

  private TcpStream(Programs programs, Ends ends) {
    this.programs = programs;
    this.ends = ends;
    this.server = programs.start(Optional.of(ends.to().namespace()), "iperf3", "-s");
  }

  /** Makes the second host listen, until the lab is closed or this is. */
  public static TcpStream between(Lab lab, Ends ends) {
    TcpStream stream = new TcpStream(lab.programs(), ends);
    stream.awaitServer();
    return stream;
  }

  /** The second host listens no more. */
  @Override
  public void close() {
    programs.end(server);
  }

  /** Sends for so long, as fast as it goes; in gigabits. */
  public Rate send(Duration time) {
    return rate(time, List.of("--time=" + time.toSeconds(), PINNED));
  }

  /** A server that has not yet put the last stream away turns the next one down. */
  private Rate rate(Duration time, List<String> options) {
    for (int attempt = 1; ; attempt++) {
      try {
        return rateOnce(time, options);
      } catch (ProblemException e) {
        if (attempt == SECOND_CHANCES) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private Rate rateOnce(Duration time, List<String> options) {
    CoreTime before = CoreTime.now();
    String report = start(options).result(time.plus(PATIENCE));
    CoreTime after = CoreTime.now();
    JsonObject received = sum(report, "sum_received");
    double gigabits = received.get("bytes").getAsDouble() * 8 / 1e9;
    double seconds = received.get("seconds").getAsDouble();
    return Rate.of(gigabits, seconds, after.busySince(before));
  }

  /** Two streams at once for so long, towards the second host or from it; in gigabits. */
  public Rate two(Duration time, boolean back) {
    List<String> options = new ArrayList<>(List.of("--parallel=2", "--time=" + time.toSeconds()));
    if (back) {
      options.add("--reverse");
    }
    return rate(time, options);
  }

  /** A stream that is under way, and goes on until it is stopped. */
  public Going start() {
    Programs.Running client = start(List.of("--time=" + LONGEST.toSeconds(), PINNED));
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (connections(client.pid()) < 2 && System.nanoTime() < giveUp) {
      if (client.ended(LOOK_AGAIN)) {
        client.result(LOOK_AGAIN); // which says why
      }
      Interrupted.check();
    }
    return new Going(client);
  }

  /** A stream that runs. */
  public static final class Going {
    private final Programs.Running client;

    private Going(Programs.Running client) {
      this.client = client;
    }

    /**
     * Ends it.
     *
     * @return how many segments were sent again
     */
    public long stop() {
      client.terminate();
      client.ended(PATIENCE);
      return sum(client.printed(), "sum_sent").get("retransmits").getAsLong();
    }
  }

  private Programs.Running start(List<String> options) {
    List<String> command = new ArrayList<>(List.of("iperf3", "--client=" + ends.to().address()));
    command.addAll(options);
    command.addAll(List.of("--interval=0", "--json"));
    return programs.start(Optional.of(ends.from().namespace()), command.toArray(String[]::new));
  }

  /** To iperf3's port, from the host of a process: one to agree on what is sent, one to send it. */
  private static long connections(int pid) {
    try (Stream<String> sockets = Files.lines(Path.of("/proc/" + pid + "/net/tcp"))) {
      return sockets.filter(socket -> socket.contains(ESTABLISHED)).count();
    } catch (IOException | UncheckedIOException e) {
      return 0; // it has ended
    }
  }

  /** Its server takes a while to listen, and says so to nobody. */
  private void awaitServer() {
    for (int attempt = 1; ; attempt++) {
      try {
        start(List.of("--time=1")).result(PATIENCE);
        return;
      } catch (ProblemException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private static JsonObject sum(String report, String which) {
    JsonObject whole = JsonParser.parseString(report).getAsJsonObject();
    if (!whole.has("end") || !whole.getAsJsonObject("end").has(which)) {
      throw Problem.of(Code.HANDLER, "iperf3 sent nothing: " + whole.get("error"))
          .next("run it by hand")
          .asException();
    }
    return whole.getAsJsonObject("end").getAsJsonObject(which);
  }
}
