package org.universalnode.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.universalnode.bench.harness.Machine;
import org.universalnode.bench.harness.ResultDocument;
import org.universalnode.bench.harness.Subject;
import org.universalnode.nffg.json.JsonText;

/** The bench command. Exit status 1: a budget was missed or a subject failed; 2: wrong usage. */
public final class Main {
  private static final int WRONG_USAGE = 2;
  private static final String RESULTS = "bench/results/latest.json";
  private static final String TABLES = "bench/results/latest.md";

  private Main() {}

  /**
   * Arguments: the folder of the house, the commit, whether to tell or to check, a regular
   * expression for names of figures.
   */
  public static void main(String[] arguments) throws IOException {
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(new GivingUp(Thread.currentThread(), done)));
    int status;
    try {
      status = run(List.of(arguments), System.out, System.err);
    } catch (CancellationException e) {
      System.err.println("given up; what was made for it is removed");
      status = 1;
    } finally {
      done.countDown();
    }
    System.exit(status);
  }

  /** Who ends a run by Ctrl-C leaves nothing behind: what is measured is interrupted and closed. */
  private record GivingUp(Thread measuring, CountDownLatch done) implements Runnable {
    private static final int PATIENCE_SECONDS = 180;

    @Override
    public void run() {
      measuring.interrupt();
      try {
        if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          System.err.println("gave up cleaning after " + PATIENCE_SECONDS + " s");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static int run(List<String> arguments, PrintStream out, PrintStream err)
      throws IOException {
    if (arguments.size() != 4 || !List.of("tell", "check").contains(arguments.get(2))) {
      err.println("usage: bench HOUSE COMMIT tell|check ONLY");
      return WRONG_USAGE;
    }
    Path house = Path.of(arguments.get(0));
    List<Subject> subjects = Subjects.all(house);
    Run run;
    try {
      Pattern only = Pattern.compile(arguments.get(3));
      run =
          arguments.get(2).equals("check") ? Run.checking(subjects, only) : Run.of(subjects, only);
    } catch (PatternSyntaxException e) {
      err.println("ONLY is not a regular expression: " + e.getMessage());
      return WRONG_USAGE;
    }
    if (run.isEmpty()) {
      err.println("no figure's name matches " + arguments.get(3));
      return WRONG_USAGE;
    }
    Machine machine = Machine.here(arguments.get(1));
    out.println(machine);
    boolean good = run.measure(out);
    Path file = house.resolve(RESULTS);
    Files.createDirectories(file.getParent());
    Files.writeString(file, JsonText.pretty(ResultDocument.of(machine, run.outcomes())));
    out.println("written to " + RESULTS);
    if (!run.tables().isEmpty()) {
      Path tables = house.resolve(TABLES);
      Files.writeString(tables, machine + "\n\n" + String.join("\n", run.tables()));
      out.println("written to " + TABLES);
    }
    return good ? 0 : 1;
  }
}
