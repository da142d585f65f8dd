package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a {@code struct headers}, to be compared often. */
final class HeaderImage {
  static final int BYTES = 96;
  private static final int WORD = Long.BYTES;

  private final ByteBuffer bytes;
  private final List<Integer> words;
  private final int hash;

  /** Takes over the bytes, which must not change any more. */
  HeaderImage(ByteBuffer bytes) {
    this.bytes = bytes;
    this.words = used(bytes);
    this.hash = bytes.hashCode();
  }

  /** The numbers of the words that are not zero. */
  List<Integer> words() {
    return words;
  }

  ByteBuffer bytes() {
    return bytes.asReadOnlyBuffer();
  }

  ByteBuffer word(int number) {
    return bytes.slice(number * WORD, WORD);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof HeaderImage image && hash == image.hash && bytes.equals(image.bytes));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  private static List<Integer> used(ByteBuffer bytes) {
    List<Integer> words = new ArrayList<>();
    for (int word = 0; word < BYTES / WORD; word++) {
      if (bytes.getLong(word * WORD) != 0) {
        words.add(word);
      }
    }
    return List.copyOf(words);
  }
}
