package org.universalnode.nffg.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which of the known words a writer meant. */
public final class Spelling {
  /** Words beyond this are no misspelt key, and the comparison would take long. */
  private static final int LONGEST = 64;

  private Spelling() {}

  /** A next step for the reader: the word that was probably meant, else all that are known. */
  public static String hint(String word, Collection<String> known) {
    return nearest(word, known)
        .map(meant -> "did you mean \"" + meant + "\"?")
        .orElseGet(() -> known.isEmpty() ? "remove it" : "known here: " + String.join(", ", known));
  }

  /** The known word that differs in few letters only; empty if none does. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    int tolerated = Math.max(1, word.length() / 3);
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= tolerated)
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** Insertions, deletions and replacements of a character; case and separators count nothing. */
  private static int distance(String written, String candidate) {
    String left = plain(written);
    String right = plain(candidate);
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }
}
