package org.universalnode.catalog.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * SHA-256 of archives, in lower-case hex. A file that was hashed before and looks the same since is
 * not read again. Safe for many threads.
 */
final class Digests {
  /** A file changed since less than this could change again and keep its modification time. */
  private static final Duration RESTED = Duration.ofSeconds(2);

  private static final int REMEMBERED = 4_096;

  /** How long a digest is. */
  static final int HEX_DIGITS = 64;

  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  private record Known(ArchiveFile file, String digest) {}

  String of(ArchiveFile file) throws IOException {
    Known before = known.get(file.path());
    if (before != null && before.file().equals(file)) {
      return before.digest();
    }
    String digest = read(file);
    if (file.modified().toInstant().isBefore(Instant.now().minus(RESTED))) {
      remember(new Known(file, digest));
    }
    return digest;
  }

  private void remember(Known latest) {
    if (known.size() >= REMEMBERED) {
      known.clear();
    }
    known.put(latest.file().path(), latest);
  }

  private static String read(ArchiveFile file) throws IOException {
    try (DigestInputStream in = hashing(Files.newInputStream(file.path()))) {
      return finish(in);
    }
  }

  static DigestInputStream hashing(InputStream in) {
    return new DigestInputStream(in, sha256());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Reads what is left; the digest of everything that came through. */
  static String finish(DigestInputStream in) throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(in.getMessageDigest().digest());
  }
}
