package org.universalnode.switching.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.FieldMatch;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;

/** A match as words of {@link Headers}, so that looking at a frame takes no time. */
final class MatchWords {
  private final int[] index;
  private final long[] mask;
  private final long[] value;

  private record Word(int index, long mask, long value) {}

  private MatchWords(List<Word> words) {
    index = words.stream().mapToInt(Word::index).toArray();
    mask = words.stream().mapToLong(Word::mask).toArray();
    value = words.stream().mapToLong(Word::value).toArray();
  }

  static MatchWords of(MatchFields match) {
    List<Word> words = new ArrayList<>();
    for (Map.Entry<HeaderField, FieldMatch> entry : match.fields().entrySet()) {
      Bits mask = entry.getValue().mask();
      Bits value = entry.getValue().value();
      words.add(new Word(Headers.word(entry.getKey(), 0), mask.low(), value.low()));
      words.add(new Word(Headers.word(entry.getKey(), 127), mask.high(), value.high()));
    }
    words.removeIf(word -> word.mask() == 0);
    return new MatchWords(words);
  }

  boolean matches(long[] words) {
    for (int i = 0; i < index.length; i++) {
      if ((words[index[i]] & mask[i]) != value[i]) {
        return false;
      }
    }
    return true;
  }
}
