package org.universalnode.nffg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Graphs of the test resources. */
final class SampleGraphs {
  private static final Path FOLDER =
      Path.of("src", "test", "resources", "org", "universalnode", "nffg");

  /** Ours, all of which are accepted. */
  static final List<String> NAMES =
      List.of(
          "firewall-nat.json",
          "bridge.json",
          "empty.json",
          "every-kind.json",
          "every-match.json",
          "every-action.json",
          "older-spellings.json");

  /** As found in programs and documents of others, to the letter. */
  static final List<String> PUBLISHED = published();

  /** Published, and their rules name an end-point that they do not declare. */
  static final List<String> REFUSED =
      PUBLISHED.stream()
          .filter(name -> name.endsWith("-L777.json") || name.endsWith("-L783.json"))
          .toList();

  static final List<String> ACCEPTED =
      Stream.concat(NAMES.stream(), PUBLISHED.stream())
          .filter(name -> !REFUSED.contains(name))
          .toList();

  private SampleGraphs() {}

  static String text(String name) {
    try {
      return Files.readString(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> published() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("published"))) {
      return files.map(file -> "published/" + file.getFileName()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
