package org.universalnode.bench.northbound;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.Programs;

/** Starts {@link BareServer} in a JVM with the options that the node's has. */
final class BareProcess {
  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Pattern READY = Pattern.compile("ready at (http://\\S+)");

  /** As the launcher {@code un} has them for {@code serve}. */
  private static final List<String> NODE_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseCompactObjectHeaders",
          "-Xms8m",
          "-Xmx128m",
          "-Xss512k",
          "-Dsun.net.httpserver.nodelay=true",
          "-Dsun.net.httpserver.maxReqTime=60",
          "-Djdk.httpserver.maxConnections=512");

  private BareProcess() {}

  /**
   * Starts it; it ends with the programs.
   *
   * @return where it answers
   */
  static URI start(Programs programs, URI node, List<String> paths) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(NODE_OPTIONS);
    command.addAll(
        List.of(
            "--module-path",
            modulePath(),
            "-m",
            "org.universalnode.bench/" + BareServer.class.getName(),
            node.toString()));
    command.addAll(paths);
    return address(programs.start(Optional.empty(), command.toArray(String[]::new)));
  }

  /** Of this program; the other one begins in another folder. */
  private static String modulePath() {
    return Stream.of(System.getProperty("jdk.module.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static URI address(Programs.Running program) {
    long deadline = System.nanoTime() + START.toNanos();
    while (true) {
      Matcher ready = READY.matcher(program.printed());
      if (ready.find()) {
        return URI.create(ready.group(1));
      }
      if (System.nanoTime() > deadline || program.ended(Duration.ZERO)) {
        throw new IllegalStateException("the bare server does not start: " + program.printed());
      }
      Interrupted.check();
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}
