package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.universalnode.nffg.json.Checked;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * What one file holds.
 *
 * @param file its name as it was given
 * @param kind what it was read as; empty if it could not be read
 * @param text its content; empty if it could not be read
 * @param checked what is wrong with it; the value gives its canonical form
 */
record Document(
    String file, Optional<DocumentKind> kind, String text, Checked<Supplier<JsonObject>> checked) {

  /** A file without readable content. */
  static Document unreadable(String file, Optional<DocumentKind> kind, List<Problem> problems) {
    Checked<Supplier<JsonObject>> refused =
        new Checked<>(Optional.empty(), problems, problems.size(), List.of());
    return new Document(file, kind, "", refused);
  }

  boolean isOk() {
    return checked.errors().isEmpty();
  }

  /**
   * The one text of what the document says, indented for people.
   *
   * @throws ProblemException if it has errors
   */
  String canonical() {
    return JsonText.pretty(checked.orThrow().get());
  }

  /** The same, with an error if it is written in another way than {@link #canonical}. */
  Document inCanonicalForm() {
    if (!isOk()) {
      return this;
    }
    String canonical = canonical();
    if (text.equals(canonical)) {
      return this;
    }
    Problem problem =
        Problem.of(Code.INVALID_DOCUMENT, "from here on the canonical form is another")
            .at(TextPlace.ofDifference(text, canonical))
            .next("write what un fmt prints");
    return new Document(
        file, kind, text, new Checked<>(Optional.empty(), List.of(problem), 1, checked.warnings()));
  }
}
