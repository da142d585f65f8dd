package org.universalnode.switching.openvswitch.ovsdb;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * A daemon's socket for operators, as ovs-appctl(8) uses it: JSON-RPC as the database speaks it. It
 * serves one thread.
 */
public final class ControlSocket implements AutoCloseable {
  private static final int MOST_BYTES = 1 << 16;

  private final Path socket;
  private final Wire wire;
  private long asked;

  private ControlSocket(Path socket, Wire wire) {
    this.socket = socket;
    this.wire = wire;
  }

  /**
   * Connects.
   *
   * @throws ProblemException if nobody listens there
   */
  public static ControlSocket connect(Path socket) {
    try {
      return new ControlSocket(socket, Wire.connect(socket, MOST_BYTES));
    } catch (IOException e) {
      throw lost(socket, e.toString()).asException();
    }
  }

  /** What to do while a command has not been answered, and how often. */
  public record Meanwhile(Duration every, Runnable action) {}

  /**
   * Gives a command without arguments, and waits until it has been done.
   *
   * @throws ProblemException if the daemon refuses, has gone, or does not answer in that time
   */
  public void await(String command, Duration atMost, Meanwhile meanwhile) {
    AtomicReference<Optional<Reply>> reply = new AtomicReference<>(Optional.empty());
    long end = System.nanoTime() + atMost.toNanos();
    wire.send(Message.request(command, new JsonArray(), ++asked));
    while (reply.get().isEmpty()) {
      if (System.nanoTime() > end) {
        throw late(command, atMost).asException();
      }
      meanwhile.action.run();
      listen(reply, meanwhile.every);
    }
    if (reply.get().orElseThrow() instanceof Reply.Refused(var error)) {
      throw Problem.of(Code.UNSUPPORTED, "Open vSwitch refuses " + command + ": " + error)
          .next("see ovs-vswitchd(8) about " + command)
          .asException();
    }
  }

  /** Until a reply has come, or that long. */
  private void listen(AtomicReference<Optional<Reply>> reply, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      do {
        wire.exchange(atMost, text -> reply.set(Optional.of(reply(text))));
      } while (reply.get().isEmpty() && System.nanoTime() < end);
    } catch (IOException e) {
      throw lost(socket, e.toString()).asException();
    }
  }

  private static Reply reply(String text) {
    return switch (Message.read(text)) {
      case Message.Response(_, Reply reply) -> reply;
      case Message.Notification(String method, _) -> throw strange(method);
      case Message.Request(String method, _, _) -> throw strange(method);
    };
  }

  private static ProblemException strange(String method) {
    return Problem.of(Code.INVALID_DOCUMENT, "Open vSwitch asks for " + method)
        .next("see that the control socket is that of ovs-vswitchd")
        .asException();
  }

  private static Problem lost(Path socket, String why) {
    return Problem.of(Code.KERNEL, "no connection to " + socket + ": " + why)
        .next("see that ovs-vswitchd runs and listens there");
  }

  private static Problem late(String command, Duration atMost) {
    return Problem.of(Code.TIMEOUT, command + " took more than " + atMost.toMillis() + " ms")
        .next("see whether ovs-vswitchd has a processor to run on");
  }

  @Override
  public void close() {
    try {
      wire.close();
    } catch (IOException e) {
      throw lost(socket, e.toString()).asException();
    }
  }
}
