package org.universalnode.catalog.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The expanded bytes of an archive, counted. It ends the reading with a problem when the whole
 * grows beyond its limit, or when the headers between two files do: the tar reader keeps long names
 * and extended headers in memory, so that these alone could fill it.
 */
final class MeteredStream extends FilterInputStream {
  /**
   * Header, extended headers, long name and padding of one entry; the kernel's names fit easily.
   */
  static final int HEADER_BYTES = 64 << 10;

  private final long most;
  private final String limit;
  private long count;
  private long headersEnd = HEADER_BYTES;

  private MeteredStream(InputStream expanded, long most, String limit) {
    super(expanded);
    this.most = most;
    this.limit = limit;
  }

  static MeteredStream of(InputStream expanded, long archiveBytes, ArchiveLimits limits) {
    long byRatio = Math.max(ArchiveLimits.RATIO_FREE_BYTES, archiveBytes * limits.ratio());
    if (byRatio < limits.expandedBytes()) {
      return new MeteredStream(expanded, byRatio, limits.ratio() + " times its compressed size");
    }
    return new MeteredStream(expanded, limits.expandedBytes(), limits.expandedBytes() + " bytes");
  }

  /** From here to {@link #beginData} at most {@value #HEADER_BYTES} bytes may be read. */
  void beginHeaders() {
    headersEnd = count + HEADER_BYTES;
  }

  void beginData() {
    headersEnd = Long.MAX_VALUE;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    counted(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    counted(Math.max(read, 0));
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(bytes);
    counted(skipped);
    return skipped;
  }

  private void counted(long bytes) {
    count += bytes;
    if (count > most) {
      throw Refusal.tooMuch("expands to more than " + most + " bytes", limit);
    }
    if (count > headersEnd) {
      throw Refusal.tooMuch("has too long a header", HEADER_BYTES + " bytes for one entry");
    }
  }
}
