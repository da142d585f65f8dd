package org.universalnode.catalog.trust;

import java.nio.file.Path;

/** Where an archive came from. */
public sealed interface Source {

  /** A file of this machine. */
  record Local(Path file) implements Source {}

  /**
   * Another machine.
   *
   * @param authentic whether the content is known to be what that machine sent: it came by TLS all
   *     the way, or the template names its digest
   */
  record Remote(boolean authentic) implements Source {}
}
