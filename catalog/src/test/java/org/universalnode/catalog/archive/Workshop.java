package org.universalnode.catalog.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.universalnode.catalog.FunctionVersion;
import org.universalnode.catalog.fetch.FetchLimits;
import org.universalnode.catalog.fetch.HttpSource;
import org.universalnode.catalog.trust.KeyFiles;
import org.universalnode.catalog.trust.SignatureText;
import org.universalnode.catalog.trust.SigningKey;
import org.universalnode.catalog.trust.Statement;
import org.universalnode.catalog.trust.UnsignedPolicy;

/** A folder in which archives are made and signed, and a node's store beside it. */
final class Workshop {
  static final FetchLimits QUICK =
      new FetchLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(4), 3);

  /** The first handshake of a process loads much. */
  private static final FetchLimits WITH_TLS =
      new FetchLimits(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          QUICK.redirects());

  static final ArchiveLimits LIMITS =
      new ArchiveLimits(4_096, 4 << 20, 16 << 20, 8 << 20, 100, 255);

  private final Path folder;
  private Optional<SSLContext> context = Optional.empty();
  private FetchLimits limits = QUICK;

  /** Makes the key of the trusted publisher "friend" and that of a stranger. */
  Workshop(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectory(folder.resolve("publishers"));
      Files.createDirectory(folder.resolve("functions"));
      KeyFiles.create(folder.resolve("friend"));
      KeyFiles.create(folder.resolve("stranger"));
      Files.copy(folder.resolve("friend.pub"), folder.resolve("publishers/friend.pub"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its nodes wait longer. */
  Workshop withTls() {
    limits = WITH_TLS;
    return this;
  }

  Workshop trusting(SSLContext certificates) {
    context = Optional.of(certificates);
    return this;
  }

  ArchiveStore store(UnsignedPolicy policy) {
    return store(policy, Stores.room(1 << 30), InstantSource.system());
  }

  ArchiveStore store(UnsignedPolicy policy, CacheRoom room, InstantSource clock) {
    Path store = folder.resolve("store");
    ArchiveStore.Parts parts =
        new ArchiveStore.Parts(Stores.trust(store, policy), LIMITS, room, Form.HANDLERS);
    return new ArchiveStore(
        store, parts, new RemoteArchives(() -> new HttpSource(limits, context), LIMITS), clock);
  }

  static byte[] archive(String start) {
    try {
      return TestArchive.gzip(new TestArchive().file("start", start).tar());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
  }

  /** The .sig of an archive of the function "nat". */
  byte[] signature(String publisher, String version, byte[] archive) {
    SigningKey key = SigningKey.read(folder.resolve(publisher));
    Statement statement =
        new Statement(key.publisher().id(), "nat", new FunctionVersion(version), sha256(archive));
    Path file = folder.resolve("scratch.sig");
    key.sign(statement).write(file);
    return SignatureText.read(file).orElseThrow();
  }

  static ArchiveRequest request(String version, URI uri) {
    return new ArchiveRequest("nat", new FunctionVersion(version), uri, Optional.empty());
  }

  /** An archive in the node's own folder of functions. */
  Path local(byte[] archive) throws IOException {
    return Files.write(folder.resolve("functions/f.tgz"), archive);
  }

  /** Every file that the store holds, but no records. */
  List<Path> unpacked() throws IOException {
    Path store = folder.resolve("store");
    try (Stream<Path> all = Files.walk(store)) {
      return all.filter(Files::isRegularFile)
          .map(store::relativize)
          .filter(file -> !file.startsWith(".entries") && !file.startsWith(".origins"))
          .toList();
    }
  }
}
