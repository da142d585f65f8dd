package org.universalnode.catalog;

import java.util.List;
import java.util.stream.Collectors;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Spelling;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * The words that one key of a template may have.
 *
 * @param words each of them the text of its value
 * @param refusal says of a word in quotes that there is no such thing
 */
record Vocabulary<T>(List<T> words, String refusal) {
  static <T> Vocabulary<T> of(T[] words, String refusal) {
    return new Vocabulary<>(List.of(words), refusal);
  }

  /** The value of a word; else a problem that names the word which was probably meant. */
  T parse(String text) {
    return words.stream()
        .filter(word -> word.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(Code.INVALID_DOCUMENT, refusal + " " + JsonText.quoted(text))
                    .next(hint(text))
                    .asException());
  }

  private String hint(String text) {
    return Spelling.nearest(text, words.stream().map(Object::toString).toList())
        .map(word -> "did you mean \"" + word + "\"?")
        .orElseGet(() -> "use one of " + listed());
  }

  private String listed() {
    return words.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
