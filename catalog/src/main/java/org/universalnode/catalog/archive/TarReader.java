package org.universalnode.catalog.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The entries of a .tgz, one after another. Whatever is wrong with the bytes is told as a problem;
 * an IOException never leaves here but from {@link #close}.
 */
final class TarReader implements Closeable {
  private static final int BUFFER_BYTES = 16 << 10;

  private final Gzip gzip;
  private final MeteredStream expanded;
  private final TarArchiveInputStream tar;

  /** The JDK's reader skips the name and comment in the header; others keep them in memory. */
  private static final class Gzip extends GZIPInputStream {
    private static final int TRAILER_BYTES = 8;

    Gzip(InputStream compressed) throws IOException {
      super(compressed, BUFFER_BYTES);
    }

    /** Whether there is more behind the end than its checksum and length. */
    boolean hasMore() throws IOException {
      return inf.getRemaining() > TRAILER_BYTES || in.available() > 0;
    }
  }

  private TarReader(Gzip gzip, MeteredStream expanded) {
    this.gzip = gzip;
    this.expanded = expanded;
    this.tar = new TarArchiveInputStream(expanded, "UTF-8");
  }

  static TarReader of(InputStream compressed, long archiveBytes, ArchiveLimits limits) {
    try {
      Gzip gzip = new Gzip(compressed);
      return new TarReader(gzip, MeteredStream.of(gzip, archiveBytes, limits));
    } catch (IOException e) {
      throw Refusal.unreadable(e);
    }
  }

  /** The next entry; its data, if any, must be {@link #read} to its end before the next call. */
  Optional<TarArchiveEntry> next() {
    try {
      expanded.beginHeaders();
      Optional<TarArchiveEntry> entry = Optional.ofNullable(tar.getNextEntry());
      expanded.beginData();
      return entry;
    } catch (IOException | IllegalArgumentException e) {
      throw Refusal.unreadable(e);
    }
  }

  /** Bytes of the current entry; -1 at its end. */
  int read(byte[] buffer) {
    try {
      return tar.read(buffer);
    } catch (IOException | IllegalArgumentException e) {
      throw Refusal.unreadable(e);
    }
  }

  /** Reads to the end, so that the checksum there is checked too; nothing may follow it. */
  void finish() {
    try {
      expanded.transferTo(OutputStream.nullOutputStream());
      if (gzip.hasMore()) {
        throw new IOException("there is something behind its end");
      }
    } catch (IOException e) {
      throw Refusal.unreadable(e);
    }
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
