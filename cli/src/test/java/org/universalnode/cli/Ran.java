package org.universalnode.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;

/** A command line that was run: its exit status and what it wrote. */
record Ran(int status, String out, String err) {

  /** Runs {@code un} as from a script, with the node named by UN_URL. */
  static Ran un(FakeNode node, String... arguments) {
    return un(Map.of("UN_URL", node.url()), "", false, arguments);
  }

  static Ran un(Map<String, String> environment, String in, boolean interactive, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(in.getBytes(UTF_8)),
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, false, UTF_8),
            interactive,
            Prompt.NOBODY);
    int status = new CommandTree(terminal, environment).run(args);
    return new Ran(status, out.toString(UTF_8), err.toString(UTF_8));
  }
}
