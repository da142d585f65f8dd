package org.universalnode.cli;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes.
 *
 * @param in the standard input
 * @param out results; buffered, so it has to be flushed
 * @param err problems
 * @param interactive whether a person looks at {@code out}
 * @param prompt who can be asked for a secret
 */
record Terminal(
    InputStream in, PrintStream out, PrintStream err, boolean interactive, Prompt prompt) {

  /** The streams of this process. Always UTF-8, as JSON must be, whatever the locale says. */
  @SuppressWarnings("SystemConsoleNull") // the JDK's built-in console, the default again, is null
  static Terminal ofProcess() {
    Console console = System.console();
    boolean interactive = console != null && console.isTerminal();
    return new Terminal(
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        interactive,
        console != null && interactive ? Prompt.at(console) : Prompt.NOBODY);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    FileOutputStream file = new FileOutputStream(descriptor);
    return new PrintStream(new BufferedOutputStream(file), false, StandardCharsets.UTF_8);
  }
}
