package org.universalnode.catalog.archive;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** What was fetched before and is still there. */
record Remembered(Origins origins, ArchiveCache cache) {

  boolean holds(String sha256) throws IOException {
    return cache.find(sha256).isPresent();
  }

  Optional<Origin> of(URI uri) throws IOException {
    Optional<Origin> known = origins.find(uri);
    return known.isPresent() && holds(known.get().sha256()) ? known : Optional.empty();
  }

  void save(Origin origin) throws IOException {
    origins.save(origin);
  }
}
