package org.universalnode.compute.docker;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.compute.Execution;
import org.universalnode.linux.ProcessSignal;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * Runs commands in a container.
 *
 * @param variables of their environment, besides the container's own
 */
record Commands(Engine engine, String name, Map<String, String> variables) {
  private static final int MOST_OUTPUT_BYTES = 1 << 20;
  private static final int NEVER_RUN = 126;

  /** Ends it when that takes too long, or prints too much. */
  Execution run(List<String> command, Duration limit) {
    String id =
        engine
            .ask(engine.post(Containers.path(name) + "/exec", description(command)))
            .at("Id")
            .text();
    try {
      String output = output(id, limit);
      return new Execution(status(id), output);
    } catch (ProblemException e) {
      end(id);
      throw e.first().code() == Problem.Code.TIMEOUT ? tooLong(limit) : e;
    }
  }

  private JsonObject description(List<String> command) {
    JsonObject json = new JsonObject();
    JsonArray words = new JsonArray();
    command.forEach(words::add);
    json.add("Cmd", words);
    JsonArray environment = new JsonArray();
    variables.forEach((key, value) -> environment.add(key + "=" + value));
    json.add("Env", environment);
    json.addProperty("AttachStdout", true);
    json.addProperty("AttachStderr", true);
    return json;
  }

  private String output(String id, Duration limit) {
    JsonObject how = new JsonObject();
    how.addProperty("Detach", false);
    how.addProperty("Tty", false);
    Engine.Request request = new Engine.Request("POST", "/exec/" + id + "/start", how, limit);
    return engine.use(request, reply -> printed(Engine.checked(request, reply)));
  }

  private static String printed(Reply reply) throws IOException {
    RawStream stream = new RawStream(reply.body());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Optional<byte[]> part = stream.next(); part.isPresent(); part = stream.next()) {
      all.writeBytes(part.get());
      if (all.size() > MOST_OUTPUT_BYTES) {
        throw new InterruptedIOException("it prints too much");
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private int status(String id) {
    Answer state = engine.ask(engine.get("/exec/" + id + "/json"));
    return state.at("ExitCode").json().isJsonPrimitive()
        ? Math.toIntExact(state.at("ExitCode").number())
        : NEVER_RUN;
  }

  /** The engine can't; its processes are ours to end. */
  private void end(String id) {
    Answer state = engine.ask(engine.get("/exec/" + id + "/json"));
    long pid = state.at("Pid").number();
    if (state.at("Running").isTrue() && pid > 0) {
      ProcessHandle.of(pid)
          .ifPresent(
              process -> {
                process.descendants().forEach(child -> kill(child.pid()));
                kill(pid);
              });
    }
  }

  private static void kill(long pid) {
    RunningProcess.of(Math.toIntExact(pid))
        .ifPresent(process -> ProcessSignal.KILL.send(process.pid(), process.startTime()));
  }

  private ProblemException tooLong(Duration limit) {
    return Problem.of(
            Problem.Code.TIMEOUT,
            "a command in %s did not end within %d s, or printed too much"
                .formatted(name, limit.toSeconds()))
        .next("run what takes longer in the background, its output in a file")
        .asException();
  }
}
