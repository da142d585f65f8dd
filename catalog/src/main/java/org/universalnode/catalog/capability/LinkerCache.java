package org.universalnode.catalog.capability;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads glibc's /etc/ld.so.cache: a header of 48 bytes, then entries of 24 bytes with the offsets
 * of name and path from the header on (glibc, sysdeps/generic/dl-cache.h). Before it there may be a
 * cache in the format of libc5.
 */
final class LinkerCache {
  private static final String MAGIC = "glibc-ld.so.cache1.1";
  private static final int COUNT_AT = MAGIC.length();
  private static final int HEADER_BYTES = 48;
  private static final int ENTRY_BYTES = 24;
  private static final int NAME_AT = 4;
  private static final int PATH_AT = 8;

  private LinkerCache() {}

  /** Paths by names such as {@code libc.so.6}; empty if it is no such cache. */
  static Map<String, String> read(byte[] bytes) {
    int start = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MAGIC);
    if (start < 0 || bytes.length - start < HEADER_BYTES) {
      return Map.of();
    }
    ByteBuffer cache =
        ByteBuffer.wrap(bytes, start, bytes.length - start).slice().order(ByteOrder.nativeOrder());
    int most = (cache.capacity() - HEADER_BYTES) / ENTRY_BYTES;
    int count = Math.clamp(cache.getInt(COUNT_AT), 0, most);
    Map<String, String> paths = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int entry = HEADER_BYTES + i * ENTRY_BYTES;
      String name = text(cache, cache.getInt(entry + NAME_AT));
      paths.putIfAbsent(name, text(cache, cache.getInt(entry + PATH_AT)));
    }
    return Map.copyOf(paths);
  }

  private static String text(ByteBuffer cache, int offset) {
    int end = offset;
    while (end >= 0 && end < cache.capacity() && cache.get(end) != 0) {
      end++;
    }
    if (end <= offset) {
      return "";
    }
    byte[] text = new byte[end - offset];
    cache.get(offset, text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
