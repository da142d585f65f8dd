package org.universalnode.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.universalnode.nffg.json.Checked;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

class RefusedTemplateTest {
  private static final Path FOLDER = Path.of("/srv/functions/f");

  /** A change of a published template, in apostrophes instead of quotes, and what it makes. */
  @ParameterizedTest
  @CsvFileSource(
      resources = "/org/universalnode/catalog/refused-templates.txt",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void everyMistakeIsToldWithItsPlace(
      String good, @Nullable String bad, @Nullable String pointer, String message) {
    Checked<FunctionTemplate> checked = check(changed(good, bad == null ? "" : bad));
    assertThat(checked.value()).isEmpty();
    assertThat(checked.errorCount()).isEqualTo(1);
    Problem problem = checked.errors().getFirst();
    assertThat(problem.pointer()).isEqualTo(pointer == null ? "" : pointer);
    assertThat(problem.message()).startsWith(message);
  }

  @Test
  void allMistakesAreToldAtOnce() {
    String text =
        changed("'name': 'switch'", "'name': ''")
            .replace("\"virtual-machine-kvm\"", "\"kvm\"")
            .replace("\"1-2\"", "\"2-1\"")
            .replace("\"min\": \"1\"", "\"min\": []")
            .replace("\"memory-size\": 2048", "\"memory\": 2048")
            .replace("\"coreNumbers\": 1", "\"coreNumbers\": 0");
    assertThat(check(text).errors())
        .extracting(Problem::pointer)
        .containsExactly(
            "/name",
            "/vnf-type",
            "/CPUrequirements/socket/0/coreNumbers",
            "/ports/0/min",
            "/ports/0/position",
            "/memory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "64 | ports | '[%s]' | /ports",
        "64 | CPUrequirements | '{\"socket\":[%s]}' | /CPUrequirements/socket",
        "256 | dependencies | '{\"capability\":[%s]}' | /dependencies/capability"
      })
  void listsHaveAnEnd(int most, String key, String value, String pointer) {
    String items = String.join(",", Collections.nCopies(most + 1, "{}"));
    List<Problem> problems = check(TemplateText.with(key, value.formatted(items))).errors();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().code()).isEqualTo(Code.LIMIT);
    assertThat(problems.getFirst().pointer()).isEqualTo(pointer);
    assertThat(problems.getFirst().nextStep()).isEqualTo("write at most " + most);
  }

  private static String changed(String good, String bad) {
    String text = PublishedTemplates.text("NFtemplate.json");
    String from = good.replace('\'', '"');
    assertThat(text).contains(from);
    return text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(bad.replace('\'', '"')));
  }

  private static Checked<FunctionTemplate> check(String text) {
    return TemplateReader.check(text, FOLDER);
  }
}
