package org.universalnode.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the fuzzer starts from: it finds little if that is refused at the first look. */
class CorpusTest {
  private static final Pattern KEY = Pattern.compile("\"[^\"]+\"(?=\\s*:)");
  private static final Pattern ENTRY = Pattern.compile("\"([^\"\\\\]|\\\\[\"\\\\])+\"");

  @TestFactory
  Stream<DynamicTest> everyGraphKeepsThePromises() throws IOException {
    return each("graphs", GraphTarget::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> everyTemplateKeepsThePromises() throws IOException {
    return each("templates", TemplateTarget::fuzzerTestOneInput);
  }

  @Test
  void graphsOfTheCorpusAreAccepted() throws IOException {
    assertThat(samples("graphs").filter(sample -> accepted(GraphTarget.FORMAT, sample)))
        .hasSizeGreaterThan(3);
  }

  @Test
  void templatesOfTheCorpusAreAccepted() throws IOException {
    assertThat(samples("templates").filter(sample -> accepted(TemplateTarget.FORMAT, sample)))
        .hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"graphs", "templates"})
  void theDictionaryHasEveryKeyOfTheCorpus(String name) throws IOException {
    List<String> words = dictionary(name).map(entry -> entry.replace("\\\"", "\"")).toList();
    assertThat(samples(name).flatMap(CorpusTest::keys))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(words).contains('"' + key + '"'));
  }

  /** The fuzzer refuses the whole dictionary for one wrong line. */
  @ParameterizedTest
  @ValueSource(strings = {"graphs", "templates"})
  void theDictionaryIsWellFormed(String name) throws IOException {
    assertThat(dictionary(name))
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(ENTRY.asMatchPredicate());
  }

  private static Stream<DynamicTest> each(String folder, Consumer<byte[]> target)
      throws IOException {
    return samples(folder)
        .map(
            sample ->
                dynamicTest(sample.name(), () -> target.accept(sample.text().getBytes(UTF_8))));
  }

  private static <T> boolean accepted(Format<T> format, Sample sample) {
    return format.check().apply(sample.text()).value().isPresent();
  }

  private static Stream<String> keys(Sample sample) {
    return KEY.matcher(sample.text()).results().map(MatchResult::group);
  }

  private static Stream<String> dictionary(String name) throws IOException {
    return Files.readAllLines(Path.of("dictionaries", name + ".dict")).stream()
        .filter(line -> !line.startsWith("#"));
  }

  private static Stream<Sample> samples(String folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of("corpus", folder))) {
      files = all.sorted().toList();
    }
    Stream.Builder<Sample> samples = Stream.builder();
    for (Path file : files) {
      samples.add(new Sample(file.getFileName().toString(), Files.readString(file)));
    }
    return samples.build();
  }

  private record Sample(String name, String text) {}
}
