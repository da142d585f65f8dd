package org.universalnode.bench.traffic;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
 * One TCP stream between two hosts, by iperf3. Each end stays on a core of its own. Core time
 * counts from the start to the end of its client, some hundredths of a second more than it sends.
 */
public final class TcpStream {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
  private static final int ATTEMPTS = 100;

  /** Remote port 5201 and the state, as proc(5) shows them. */
  private static final String ESTABLISHED = ":1451 01 ";

  private final Programs programs;
  private final Ends ends;

  private TcpStream(Programs programs, Ends ends) {
    this.programs = programs;
    this.ends = ends;
  }

  /** Makes the second host listen. */
  public static TcpStream between(Lab lab, Ends ends) {
    lab.programs().start(Optional.of(ends.to().namespace()), "iperf3", "-s");
    TcpStream stream = new TcpStream(lab.programs(), ends);
    stream.awaitServer();
    return stream;
  }

  /** Sends for so long, as fast as it goes; in gigabits. */
  public Rate send(Duration time) {
    CoreTime before = CoreTime.now();
    String report = start(time).result(time.plus(PATIENCE));
    CoreTime after = CoreTime.now();
    JsonObject received = sum(report, "sum_received");
    double gigabits = received.get("bytes").getAsDouble() * 8 / 1e9;
    double seconds = received.get("seconds").getAsDouble();
    return Rate.of(gigabits, seconds, after.busySince(before));
  }

  /** A stream that is under way, and goes on until it is stopped. */
  public Going start() {
    Programs.Running client = start(LONGEST);
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

  private Programs.Running start(Duration time) {
    return programs.start(
        Optional.of(ends.from().namespace()),
        "iperf3",
        "--client=" + ends.to().address(),
        "--time=" + time.toSeconds(),
        "--interval=0",
        "--affinity=0,1",
        "--json");
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
        start(Duration.ofSeconds(1)).result(PATIENCE);
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
