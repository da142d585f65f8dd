package org.universalnode.catalog.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;

/** An archive on its way from another machine. Closed, its file is gone. */
final class Download implements Closeable {
  private final UnfinishedFolder file;
  private final DigestOutputStream out;

  private Download(UnfinishedFolder file, DigestOutputStream out) {
    this.file = file;
    this.out = out;
  }

  static Download in(Path folder) throws IOException {
    UnfinishedFolder file = UnfinishedFolder.file(folder);
    return new Download(
        file, new DigestOutputStream(Files.newOutputStream(file.path()), Digests.sha256()));
  }

  /** Where its bytes go. */
  OutputStream out() {
    return out;
  }

  /** Digest of all that came; nothing may come after it was asked for. */
  String digest() throws IOException {
    out.close();
    return HexFormat.of().formatHex(out.getMessageDigest().digest());
  }

  ArchiveFile archive() throws IOException {
    return ArchiveFile.of(file.path());
  }

  @Override
  public void close() throws IOException {
    try (file) {
      out.close();
    }
  }
}
