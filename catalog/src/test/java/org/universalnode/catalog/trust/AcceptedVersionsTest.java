package org.universalnode.catalog.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.FunctionVersion;
import org.universalnode.problem.ProblemException;

class AcceptedVersionsTest {
  private static final String PUBLISHER = "a".repeat(64);
  private static final String ONE = "1".repeat(64);
  private static final String OTHER = "2".repeat(64);

  @TempDir Path folder;
  private AcceptedVersions versions = new AcceptedVersions(Path.of(""));

  @BeforeEach
  void open() {
    versions = new AcceptedVersions(folder.resolve("versions"));
  }

  @Test
  void anOlderOneIsRefused() {
    versions.remember(statement("1.2", ONE));
    assertThatThrownBy(() -> versions.check(statement("1.1", OTHER)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("older than 1.2");
    assertThatCode(() -> versions.check(statement("1.3", OTHER))).doesNotThrowAnyException();
  }

  @Test
  void anotherContentOfTheSameVersionIsRefusedHoweverItIsWritten() {
    versions.remember(statement("1.0", ONE));
    assertThatCode(() -> versions.remember(statement("1.0", ONE))).doesNotThrowAnyException();
    assertThatThrownBy(() -> versions.check(statement("1", OTHER)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("another content");
  }

  /** Two archives are unpacked at the same time, and the newer one is done first. */
  @Test
  void whatBecameOldMeanwhileIsRefusedInTheEnd() {
    versions.check(statement("1", ONE));
    versions.remember(statement("2", OTHER));
    assertThatThrownBy(() -> versions.remember(statement("1", ONE)))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void aRecordWithoutContentLearnsIt() throws IOException {
    versions.remember(statement("1", ONE));
    try (Stream<Path> files = Files.list(folder.resolve("versions"))) {
      Path file = files.findFirst().orElseThrow();
      Files.writeString(file, Files.readString(file).replaceFirst("(?m)^sha256 .*\\n", ""));
      versions.remember(statement("1", OTHER));
      assertThat(file).content().contains("sha256 " + OTHER);
    }
    assertThatThrownBy(() -> versions.check(statement("1", ONE)))
        .isInstanceOf(ProblemException.class);
  }

  private static Statement statement(String version, String sha256) {
    return new Statement(PUBLISHER, "nat", new FunctionVersion(version), sha256);
  }
}
