package org.universalnode.cli;

import java.io.Console;
import java.util.Optional;

/** Somebody who can be asked for a secret. */
interface Prompt {
  /** Nobody is there. */
  Prompt NOBODY =
      new Prompt() {
        @Override
        public boolean isThere() {
          return false;
        }

        @Override
        public String ask(String question) {
          return "";
        }
      };

  boolean isThere();

  /** What is typed, which is not shown; empty if nothing is. */
  String ask(String question);

  /** Who sits at the console. */
  static Prompt at(Console console) {
    return new Prompt() {
      @Override
      public boolean isThere() {
        return true;
      }

      @Override
      public String ask(String question) {
        return Optional.ofNullable(console.readPassword("%s", question))
            .map(String::valueOf)
            .orElse("");
      }
    };
  }
}
