package org.universalnode.bench.traffic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.universalnode.bench.lab.Ends;
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.Programs;
import org.universalnode.bench.lab.Station;

/** Small packets, by {@code traffic.c}, which is compiled with the bench. */
public final class Generator {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final String BEGUN = "begun";
  private static final Duration LONGEST_START = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
  private static final Duration LAST_PACKETS = Duration.ofSeconds(10);

  private final Programs programs;
  private final Path program;

  private Generator(Programs programs, Path program) {
    this.programs = programs;
    this.program = program;
  }

  /** The generator as a program of this lab. */
  public static Generator in(Lab lab) {
    Path program = lab.folder().resolve("traffic");
    try (InputStream compiled =
        Objects.requireNonNull(Generator.class.getResourceAsStream("traffic"))) {
      Files.copy(compiled, program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!program.toFile().setExecutable(true)) {
      throw new IllegalStateException("can't make " + program + " executable");
    }
    return new Generator(lab.programs(), program);
  }

  /** Sends packets of 60 bytes for so long, as many as arrive. */
  public PacketCount blast(Ends ends, Duration time) {
    return PacketCount.parse(start("blast", ends, time).result(limit(time)));
  }

  /** A stream of marked packets that is under way, and goes on until it is stopped. */
  public Stream marked(Ends ends) {
    Programs.Running running = start("marked", ends, LONGEST);
    long giveUp = System.nanoTime() + LONGEST_START.toNanos();
    while (!running.printed().startsWith(BEGUN) && System.nanoTime() < giveUp) {
      if (running.ended(LOOK_AGAIN)) {
        running.result(LOOK_AGAIN); // which says why
      }
      Interrupted.check();
    }
    return new Stream(running);
  }

  /** Sends one packet after the other to and fro for so long. */
  public RoundTrip pingPong(Ends ends, Duration time) {
    Numbers numbers = Numbers.parse(start("pingpong", ends, time).result(limit(time)));
    return new RoundTrip(numbers.of("p50"), numbers.of("p99"));
  }

  /** Switches off what puts packets together at a host's interface: TSO, GSO and GRO. */
  public void makePlain(Station station) {
    programs.run(
        Optional.empty(),
        program.toString(),
        "plain",
        station.namespace().path().toString(),
        Station.INTERFACE);
  }

  /** A stream that runs. */
  public static final class Stream {
    private final Programs.Running running;

    private Stream(Programs.Running running) {
      this.running = running;
    }

    /** Number of its process, which is in each of its packets. */
    int pid() {
      return running.pid();
    }

    /** Ends it, and waits for the packets that are under way. */
    public PacketCount stop() {
      running.terminate();
      return PacketCount.parse(running.result(LAST_PACKETS));
    }
  }

  private Programs.Running start(String what, Ends ends, Duration time) {
    return programs.start(
        Optional.empty(),
        program.toString(),
        what,
        ends.from().namespace().path().toString(),
        ends.to().namespace().path().toString(),
        ends.to().address(),
        String.valueOf(time.toMillis() / 1e3));
  }

  private static Duration limit(Duration time) {
    return time.plusSeconds(20);
  }
}
