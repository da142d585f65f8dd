package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.universalnode.problem.Problem;

/** Work that the launcher does in a process of its own and answers in a file in memory. */
final class LaunchedStep {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private LaunchedStep() {}

  /**
   * Runs the launcher to its end.
   *
   * @param output where it says in words what failed
   * @param arguments those after the answer's
   * @return its answer
   * @throws org.universalnode.problem.ProblemException that names the step that failed
   */
  static String run(String mode, Path output, List<String> arguments) {
    try (FileDescriptor answer = FileDescriptor.inMemory("answer")) {
      List<String> all = new ArrayList<>(List.of(output.toString(), answer.path().toString()));
      all.addAll(arguments);
      try (LinuxProcess launcher = Launcher.instance().start(mode, all)) {
        OptionalInt status = launcher.await(PATIENCE);
        if (status.isEmpty()) {
          launcher.kill();
          launcher.await(PATIENCE);
        }
        String text = Files.readString(answer.path()).strip();
        if (status.equals(OptionalInt.of(0))) {
          return text;
        }
        throw problem(mode, status, text).asException();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text is ERRNO, WHAT and OBJECT; if the launcher was killed there may be none. */
  private static Problem problem(String mode, OptionalInt status, String text) {
    String[] words = text.split("\t", 3);
    if (words.length < 3) {
      String ended = status.isEmpty() ? "did not end in time" : "ended with " + status.getAsInt();
      return Problem.of(Problem.Code.KERNEL, "launcher, " + mode + ": it " + ended)
          .next("see whether its cgroup has room for one more process");
    }
    int number = Integer.parseInt(words[0]);
    String detail = "cannot %s %s: %s".formatted(words[1], words[2], Errno.describe(number));
    return Problem.of(Problem.Code.KERNEL, detail).next(nextStep(Errno.of(number)));
  }

  private static String nextStep(Errno errno) {
    return switch (errno) {
      case EPERM -> "run the node as root, and in a container with all capabilities";
      case EACCES -> "let everybody read it, or give it to the instance's users";
      case ENOSPC -> "raise the limits in /proc/sys/user";
      case EAGAIN -> "raise the instance's limit on processes, or end some";
      case ENOENT, ENODEV -> "see that it exists and is what the function's template says";
      default -> "use a kernel and a root file system that allow this, or a weaker isolation";
    };
  }
}
