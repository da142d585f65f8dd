package org.universalnode.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** A command that is run to its end; what it prints is thrown away. */
record Command(List<String> words, Duration limit) {

  Command(List<String> words) {
    this(words, Duration.ofSeconds(10));
  }

  /**
   * Runs it once.
   *
   * @throws ProblemException if it does not end with status 0 within the limit
   * @throws UncheckedIOException if it can't be started
   */
  void run() {
    Process process = start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw problem(Code.TIMEOUT, " did not end within " + limit.toMillis() + " ms");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw problem(Code.TIMEOUT, " was interrupted");
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw problem(Code.HANDLER, " ended with status " + process.exitValue());
    }
  }

  private Process start() {
    try {
      return new ProcessBuilder(words)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProblemException problem(Code code, String what) {
    String line = String.join(" ", words);
    return Problem.of(code, line + what).next("run it by hand: " + line).asException();
  }
}
