package org.universalnode.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * By what a node knows the caller, and the caller the node.
 *
 * @param token empty if there is none
 * @param authorities certificates (PEM) that are trusted instead of the system's; empty for those
 */
record Credentials(Optional<String> token, Optional<Path> authorities) {
  @Override
  public String toString() {
    return "credentials";
  }
}
