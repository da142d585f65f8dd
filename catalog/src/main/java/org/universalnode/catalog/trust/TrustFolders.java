package org.universalnode.catalog.trust;

import java.nio.file.Path;

/**
 * Where a node looks for what it trusts.
 *
 * @param functions its own functions; unsigned archives below may be taken
 * @param publishers public keys of publishers
 * @param accepted what it remembers of versions
 */
public record TrustFolders(Path functions, Path publishers, Path accepted) {

  public TrustFolders {
    functions = functions.toAbsolutePath().normalize();
    publishers = publishers.toAbsolutePath();
    accepted = accepted.toAbsolutePath();
  }
}
