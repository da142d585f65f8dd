package org.universalnode.compute.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.universalnode.compute.LogText;

/** What a container prints. The engine drops the oldest of it, so a place in it is a time. */
record ContainerLog(Engine engine, String name) {
  private static final long NANOS = 1_000_000_000;
  private static final int LONGEST_LINE = 1_000;

  /**
   * What was printed.
   *
   * @param from nanoseconds since 1970, as {@link LogText#next} says them
   */
  LogText read(OptionalLong from, int mostBytes) {
    long since = Math.max(0, from.orElse(0));
    String path =
        "%s/logs?stdout=true&stderr=true&timestamps=true&since=%d.%09d"
            .formatted(Containers.path(name), since / NANOS, since % NANOS);
    Engine.Request request = engine.get(path);
    return engine.use(request, reply -> read(Engine.checked(request, reply), since, mostBytes));
  }

  /** The last line that is not empty. */
  String lastLine() {
    String last = read(OptionalLong.empty(), LONGEST_LINE).text().strip();
    return last.substring(last.lastIndexOf('\n') + 1);
  }

  private static LogText read(Reply reply, long since, int mostBytes) throws IOException {
    RawStream stream = new RawStream(reply.body());
    Deque<String> lines = new ArrayDeque<>();
    long bytes = 0;
    long next = since;
    for (Optional<byte[]> frame = stream.next(); frame.isPresent(); frame = stream.next()) {
      String text = new String(frame.get(), StandardCharsets.UTF_8);
      int blank = text.indexOf(' ');
      long time = time(text.substring(0, Math.max(0, blank)));
      if (time < since) {
        continue; // engines take whole seconds
      }
      next = Math.max(next, time + 1);
      String line = text.substring(blank + 1);
      lines.add(line);
      bytes += line.length();
      while (bytes > mostBytes && !lines.isEmpty()) {
        bytes -= lines.remove().length();
      }
    }
    return new LogText(String.join("", lines), next);
  }

  private static long time(String text) {
    try {
      Instant time = Instant.parse(text);
      return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      return 0;
    }
  }
}
