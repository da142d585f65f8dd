package org.universalnode.cli;

/** Entry point of the {@code un} command. Exit status: 0 done, 1 failed, 2 wrong usage. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    int status = new CommandTree(Terminal.ofProcess(), System.getenv()).run(args);
    // System.exit sets up logging first, so success just returns.
    if (status != CommandTree.DONE) {
      System.exit(status);
    }
  }
}
