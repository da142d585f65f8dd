package org.universalnode.bench.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.universalnode.linux.LinuxProcess;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.ProcessSpec;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Programs that are started for a measurement; those that still run when it closes are ended. */
public final class Programs implements AutoCloseable {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", PATH, "LC_ALL", "C");
  private static final Duration DEATH = Duration.ofSeconds(10);

  private final Path folder;
  private final AtomicInteger started = new AtomicInteger();
  private final Deque<Running> running = new ArrayDeque<>();

  /**
   * Starts programs with a folder to work in.
   *
   * @param folder for what they print
   */
  Programs(Path folder) {
    this.folder = folder;
  }

  /** A program that runs. */
  public final class Running {
    private final List<String> command;
    private final LinuxProcess process;
    private final Path output;

    private Running(List<String> command, LinuxProcess process, Path output) {
      this.command = command;
      this.process = process;
      this.output = output;
    }

    public int pid() {
      return process.pid();
    }

    /** What it has printed so far. */
    public String printed() {
      try {
        return Files.exists(output) ? Files.readString(output) : "";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Asks it to end. */
    public void terminate() {
      ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
    }

    /** Ends it at once. */
    public void kill() {
      process.kill();
    }

    /** Whether it ended in time. */
    public boolean ended(Duration limit) {
      return process.await(limit).isPresent();
    }

    /**
     * Waits for its end.
     *
     * @return what it printed
     * @throws org.universalnode.problem.ProblemException if it does not end in time with status 0
     */
    public String result(Duration limit) {
      try {
        int status = process.await(limit).orElseThrow(() -> problem("does not end").asException());
        Interrupted.check();
        if (status != 0) {
          throw problem("ended with status " + status).asException();
        }
        return printed();
      } finally {
        end(this);
      }
    }

    private Problem problem(String what) {
      String said = printed().strip();
      return Problem.of(Code.HANDLER, String.join(" ", command) + " " + what + ": " + said)
          .next("run it by hand");
    }
  }

  /** Starts a program in a namespace, or in this process's. */
  public Running start(Optional<NetworkNamespace> namespace, String... command) {
    return start(namespace, ENVIRONMENT, command);
  }

  /** The same, with more in its environment. */
  public Running startWith(
      Map<String, String> variables, NetworkNamespace namespace, String... command) {
    Map<String, String> all = new HashMap<>(ENVIRONMENT);
    all.putAll(variables);
    return start(Optional.of(namespace), all, command);
  }

  private synchronized Running start(
      Optional<NetworkNamespace> namespace, Map<String, String> environment, String... command) {
    Interrupted.check();
    Path output = folder.resolve("output" + started.incrementAndGet());
    List<String> words = List.of(command);
    LinuxProcess process =
        LinuxProcess.start(
            new ProcessSpec(
                found(words), environment, folder, output, namespace, Optional.empty()));
    Running made = new Running(words, process, output);
    running.push(made);
    return made;
  }

  /** Runs a program to its end, which has to come within a minute. */
  public String run(Optional<NetworkNamespace> namespace, String... command) {
    return start(namespace, command).result(Duration.ofMinutes(1));
  }

  @Override
  public synchronized void close() {
    while (!running.isEmpty()) {
      end(running.peek());
    }
  }

  /** Ends one at once, before the lab is closed. */
  public synchronized void end(Running program) {
    program.process.kill();
    program.process.await(DEATH);
    program.process.close();
    running.remove(program);
    try {
      Files.deleteIfExists(program.output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the whole path of the program, as the launcher needs it. */
  private static List<String> found(List<String> command) {
    String name = command.getFirst();
    Path program =
        Arrays.stream(PATH.split(":", -1))
            .map(folder -> Path.of(folder).resolve(name))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.of(Code.NOT_FOUND, "there is no program " + name)
                        .next("run scripts/install-packages")
                        .asException());
    List<String> whole = new ArrayList<>(command);
    whole.set(0, program.toString());
    return whole;
  }
}
