package org.universalnode.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.universalnode.nffg.json.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code un exec}: runs a command where a function runs, confined as the function is. */
final class ExecCommand implements Command {
  private static final int COMMAND_AT = 2;

  @Override
  public CommandSpec specification() {
    CommandSpec spec =
        named(
            "exec",
            "Run a command where a function runs, confined as it is.",
            "The exit status is the command's.");
    spec.parser().stopAtPositional(true); // what follows the function is the command's
    return spec.addOption(
            OptionSpec.builder("--seconds")
                .type(Integer.class)
                .paramLabel("N")
                .description("How long it may take: 1 to 60, 10 if not said.")
                .build())
        .addPositional(Command.parameter(0, "GRAPH", "1", "The graph's id."))
        .addPositional(Command.parameter(1, "FUNCTION", "1", "The function's id."))
        .addPositional(
            Command.parameter(COMMAND_AT, "COMMAND", "1..*", "A program and its arguments."));
  }

  @Override
  public int run(Invocation call) {
    String path = ResourcePath.function(call.parameter(0), call.parameter(1)) + "/exec";
    byte[] request = JsonText.compact(request(call)).getBytes(StandardCharsets.UTF_8);
    JsonObject done = call.node().post(path, request).document();
    if (call.json()) {
      call.out().print(JsonText.pretty(done));
    } else {
      String output = Json.text(done, "output");
      call.out().print(call.interactive() ? Printable.text(output) : output);
    }
    return done.get("status") == null ? CommandTree.FAILED : done.get("status").getAsInt();
  }

  private static JsonObject request(Invocation call) {
    List<String> words = call.parametersFrom(COMMAND_AT);
    JsonArray command = new JsonArray();
    (words.getFirst().equals("--") ? words.subList(1, words.size()) : words).forEach(command::add);
    JsonObject request = new JsonObject();
    request.add("command", command);
    call.number("--seconds").ifPresent(seconds -> request.addProperty("seconds", seconds));
    return request;
  }
}
