package org.universalnode.compute.docker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the engine answers (RFC 9112).
 *
 * @param headers by their names in lower-case letters
 * @param body to its end, whatever says where that is
 */
record Reply(int status, Map<String, String> headers, InputStream body) {
  private static final int LONGEST_LINE = 16 << 10;
  private static final int MOST_HEADERS = 100;
  private static final int NO_CONTENT = 204;

  static Reply read(InputStream input) throws IOException {
    String[] first = line(input).split(" ", 3);
    if (first.length < 2 || !first[1].matches("[0-9]{3}")) {
      throw new IOException("that is no HTTP");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(input); !line.isEmpty(); line = line(input)) {
      int colon = line.indexOf(':');
      if (colon < 1 || headers.size() == MOST_HEADERS) {
        throw new IOException("its headers are no HTTP");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(first[1]);
    return new Reply(status, Map.copyOf(headers), body(status, headers, input));
  }

  boolean isGood() {
    return status / 100 == 2 || status == 304;
  }

  /** All of the body. */
  String text(int mostBytes) throws IOException {
    byte[] bytes = body.readNBytes(mostBytes + 1);
    if (bytes.length > mostBytes) {
      throw new IOException("it answers more than " + mostBytes + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static InputStream body(int status, Map<String, String> headers, InputStream input)
      throws IOException {
    if (status == NO_CONTENT || status == 304) {
      return InputStream.nullInputStream();
    }
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return new Chunks(input);
    }
    String length = headers.getOrDefault("content-length", "");
    if (length.isEmpty()) {
      return input;
    }
    if (!length.matches("[0-9]{1,18}")) {
      throw new IOException("its length is no number");
    }
    return new Counted(input, Long.parseLong(length));
  }

  private static String line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int next = input.read();
      if (next < 0) {
        throw new EOFException("it hung up");
      }
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
      }
      if (line.size() == LONGEST_LINE) {
        throw new IOException("it answers with a line that does not end");
      }
      line.write(next);
    }
  }

  /** So many bytes. */
  private static final class Counted extends InputStream {
    private final InputStream input;
    private long left;

    Counted(InputStream input, long left) {
      this.input = input;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = input.read(bytes, from, (int) Math.min(length, left));
      if (count < 0) {
        throw new EOFException("it hung up");
      }
      left -= count;
      return count;
    }
  }

  /** Chunk after chunk (RFC 9112 section 7.1). */
  private static final class Chunks extends InputStream {
    private final InputStream input;
    private Counted chunk;
    private boolean ended;
    private boolean begun;

    Chunks(InputStream input) {
      this.input = input;
      this.chunk = new Counted(input, 0);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      while (!ended) {
        int count = chunk.read(bytes, from, length);
        if (count >= 0) {
          return count;
        }
        next();
      }
      return -1;
    }

    private void next() throws IOException {
      if (begun) {
        line(input); // what ends a chunk
      }
      begun = true;
      String size = line(input).replaceAll(";.*", "");
      if (!size.matches("[0-9a-fA-F]{1,8}")) {
        throw new IOException("its chunks are no HTTP");
      }
      chunk = new Counted(input, Long.parseLong(size, 16));
      ended = chunk.left == 0;
    }
  }
}
