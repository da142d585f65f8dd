package org.universalnode.switching.openvswitch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.openvswitch.ovsdb.ControlSocket;
import org.universalnode.switching.openvswitch.ovsdb.ControlSocket.Meanwhile;

/**
 * Waits until the data path has nothing any more that was made from flows of before.
 *
 * <p>The data path keeps what the flows made of frames. Threads of ovs-vswitchd look through all of
 * it, at once after a change of flows and then every half second; {@code revalidator/wait} returns
 * when such a look ends. Only a look that begins after the main thread has told of the change
 * counts. That is the third at the latest: the first answer is given before the main thread tells
 * of changes, the second look may have begun before that. Before it tells, it lets all threads
 * finish what they began with flows of before. So that looks follow each other at once, flows are
 * changed, to what they are.
 *
 * <p>In the userspace data path some entries stay as they were after any number of looks, where
 * entries overlap. So there, all that it keeps goes, after the first answer, when nobody adds to it
 * what flows of before made.
 */
final class Revalidation {
  private static final System.Logger LOG = System.getLogger(Revalidation.class.getName());
  private static final String LOOK = "revalidator/wait";
  private static final String PURGE = "revalidator/purge";
  private static final Duration BETWEEN = Duration.ofMillis(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Where one can't ask; usually enough, as a look takes some milliseconds. */
  private static final Duration UNASKED = Duration.ofMillis(100);

  private final Path folder;
  private final BooleanSupplier userspace;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * Asks the switch whose files are in that folder.
   *
   * @param userspace whether the data path is ovs-vswitchd's own
   */
  Revalidation(Path folder, BooleanSupplier userspace) {
    this.folder = folder;
    this.userspace = userspace;
  }

  /**
   * Waits; what was changed before is in force then for all frames.
   *
   * @param change changes some flow to what it is
   */
  void await(Runnable change) {
    try (ControlSocket control = ControlSocket.connect(socket())) {
      for (String command : commands()) {
        control.await(command, PATIENCE, new Meanwhile(BETWEEN, change));
      }
    } catch (ProblemException e) {
      unasked(e);
    }
  }

  private List<String> commands() {
    return userspace.getAsBoolean() ? List.of(LOOK, PURGE) : List.of(LOOK, LOOK, LOOK);
  }

  /** Where ovs-appctl(8) finds it too. */
  private Path socket() {
    Path process = folder.resolve("ovs-vswitchd.pid");
    try {
      return folder.resolve("ovs-vswitchd." + Files.readString(process).strip() + ".ctl");
    } catch (IOException e) {
      throw Problem.of(Problem.Code.UNSUPPORTED, "can't read " + process + ": " + e)
          .next("have ovs-vswitchd write it there")
          .asException();
    }
  }

  private void unasked(ProblemException why) {
    if (told.compareAndSet(false, true)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "changes wait "
              + UNASKED.toMillis()
              + " ms instead of asking the data path: "
              + why.getMessage());
    }
    try {
      Thread.sleep(UNASKED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
