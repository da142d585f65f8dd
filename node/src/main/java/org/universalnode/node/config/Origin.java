package org.universalnode.node.config;

import java.nio.file.Path;
import org.universalnode.problem.Place;

/** Who said what a setting is. As text, it begins messages about the setting. */
public sealed interface Origin {

  /** An option of the command line. */
  record CommandLine(String option) implements Origin {
    @Override
    public String toString() {
      return option;
    }
  }

  /** A variable of the environment. */
  record Variable(String name) implements Origin {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A place in the file. */
  record InFile(Path file, Place place) implements Origin {
    @Override
    public String toString() {
      return place.isKnown()
          ? "%s:%d:%d".formatted(file, place.line(), place.column())
          : file.toString();
    }
  }

  /** Nobody. */
  record Fallback() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }
}
