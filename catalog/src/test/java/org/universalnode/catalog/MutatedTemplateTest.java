package org.universalnode.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.universalnode.nffg.json.Checked;

/** Whatever is done to a template: it is refused with problems, or it reads without loss. */
class MutatedTemplateTest {
  static final List<String> NAMES = PublishedTemplates.NAMES;
  private static final Path FOLDER = Path.of("/srv/functions/f");
  private static final int MUTANTS = 1_000;

  @ParameterizedTest
  @FieldSource("NAMES")
  void severalThingsMayBeWrong(String name) {
    long seed = System.nanoTime();
    TemplateMutants mutants = new TemplateMutants(seed);
    String text = PublishedTemplates.text(name);
    int accepted = 0;
    for (int i = 0; i < MUTANTS; i++) {
      accepted += accepts(mutants.of(text), seed) ? 1 : 0;
    }
    assertThat(accepted).as("accepted with seed %d", seed).isBetween(1, MUTANTS / 2);
  }

  @Test
  void anyCharacterMayBeDroppedOrReplaced() {
    String text = PublishedTemplates.text("iomodule_router_template.json");
    for (int at = 0; at < text.length(); at++) {
      accepts(new StringBuilder(text).deleteCharAt(at).toString(), 0);
      for (char other : new char[] {'"', '}', ',', '0', ':', '\\', '\0', '\ud800'}) {
        StringBuilder replaced = new StringBuilder(text);
        replaced.setCharAt(at, other);
        accepts(replaced.toString(), 0);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void aTextCutAnywhereIsRefused(String name) {
    String text = PublishedTemplates.text(name).strip();
    for (int end = 0; end < text.length(); end++) {
      assertThat(accepts(text.substring(0, end), 0)).as("cut at %d", end).isFalse();
    }
  }

  /** Any exception fails the test. */
  private static boolean accepts(String text, long seed) {
    Checked<FunctionTemplate> checked = check(text, seed);
    assertThat(checked.errors()).as(text).allMatch(problem -> !problem.detail().isBlank());
    assertThat(checked.value().isEmpty()).as(text).isEqualTo(checked.errorCount() > 0);
    assertThat(checked.errors().isEmpty()).as(text).isEqualTo(checked.errorCount() == 0);
    checked
        .value()
        .ifPresent(
            template -> {
              String written = TemplateWriter.write(template);
              assertThat(TemplateReader.read(written, FOLDER))
                  .as("seed %d: %s", seed, text)
                  .isEqualTo(template);
            });
    return checked.value().isPresent();
  }

  private static Checked<FunctionTemplate> check(String text, long seed) {
    try {
      return TemplateReader.check(text, FOLDER);
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + text, e);
    }
  }
}
