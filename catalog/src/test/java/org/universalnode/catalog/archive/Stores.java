package org.universalnode.catalog.archive;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.universalnode.catalog.FunctionVersion;
import org.universalnode.catalog.trust.Trust;
import org.universalnode.catalog.trust.TrustFolders;
import org.universalnode.catalog.trust.UnsignedPolicy;

/** Stores of archives, and what they are asked for. */
final class Stores {
  private Stores() {}

  /** A store that asks for no signatures. */
  static ArchiveStore open(Path folder, ArchiveLimits limits) {
    return new ArchiveStore(
        folder,
        new ArchiveStore.Parts(
            trust(folder, UnsignedPolicy.ANY), limits, room(1 << 30), Form.HANDLERS));
  }

  static Trust trust(Path folder, UnsignedPolicy policy) {
    TrustFolders folders =
        new TrustFolders(
            folder.resolveSibling("functions"),
            folder.resolveSibling("publishers"),
            folder.resolveSibling("accepted"));
    return new Trust(folders, policy);
  }

  static CacheRoom room(long bytes) {
    return new CacheRoom(bytes, Set::of);
  }

  static ArchiveRequest request(URI uri) {
    return new ArchiveRequest("nat", FunctionVersion.NONE, uri, Optional.empty());
  }

  static ArchiveRequest pinned(URI uri, String sha256) {
    return new ArchiveRequest("nat", FunctionVersion.NONE, uri, Optional.of(sha256));
  }
}
