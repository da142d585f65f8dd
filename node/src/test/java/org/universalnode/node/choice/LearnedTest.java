package org.universalnode.node.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.compute.Containment;
import org.universalnode.nffg.Isolation;
import org.universalnode.node.store.Placement;

class LearnedTest {
  private static final FunctionTemplate TEMPLATE = Templates.of("f", "native", "f.tgz", "");

  @TempDir Path folder;

  @Test
  void aRestartForgetsNothing() {
    try (Learned learned = Learned.open(file())) {
      learned.installed(TEMPLATE, "/images/1");
      learned.started(placement("/images/1"), Duration.ofMillis(40));
      learned.started(placement("/images/1"), Duration.ofMillis(80));
      learned.used(placement("/images/1"), 3 << 20);
    }
    Learned again = Learned.open(file());
    assertThat(again.wasInstalled(TEMPLATE)).isTrue();
    assertThat(again.startMillis(TEMPLATE)).as("the latest counts a quarter").hasValue(50);
    assertThat(again.memoryMegabytes(TEMPLATE)).hasValue(3);
    assertThat(again.memoryMegabytes(placement("/images/1"))).hasValue(3);
  }

  @Test
  void anotherImageIsAnotherFunction() {
    Learned learned = Learned.nothing();
    learned.installed(TEMPLATE, "/images/1");
    learned.used(placement("/images/1"), 3 << 20);
    learned.used(placement("/images/2"), 9 << 20);
    assertThat(learned.memoryMegabytes(TEMPLATE)).hasValue(3);
    assertThat(learned.memoryMegabytes(placement("/images/2"))).isEmpty();
    assertThat(learned.wasInstalled(Templates.of("f", "native", "g.tgz", ""))).isFalse();
    learned.installed(TEMPLATE, "/images/2");
    assertThat(learned.memoryMegabytes(TEMPLATE)).isEmpty();
  }

  @Test
  void theEldestIsForgottenBeforeThereAreTooMany() {
    Learned learned = Learned.open(file());
    for (int i = 0; i <= Learned.MOST_TEMPLATES; i++) {
      learned.installed(Templates.of("f" + i, "native", "f.tgz", ""), "/images/1");
    }
    assertThat(learned.wasInstalled(Templates.of("f0", "native", "f.tgz", ""))).isFalse();
    assertThat(learned.wasInstalled(Templates.of("f1", "native", "f.tgz", ""))).isTrue();
    learned.save();
    assertThat(file()).isNotEmptyFile();
    assertThat(file().toFile().length()).isLessThan(Learned.MOST_BYTES);
  }

  @Test
  void aFileThatMakesNoSenseIsAsGoodAsNone() throws IOException {
    Files.writeString(file(), "{\"f\":{\"address\":1}}");
    assertThat(Learned.open(file()).wasInstalled(TEMPLATE)).isFalse();
    Files.writeString(file(), "{");
    try (Learned learned = Learned.open(file())) {
      learned.installed(TEMPLATE, "/images/1");
    }
    assertThat(Learned.open(file()).wasInstalled(TEMPLATE)).isTrue();
  }

  private Path file() {
    return folder.resolve("learned.json");
  }

  private static Placement placement(String image) {
    Containment containment =
        new Containment(Isolation.NETWORK, 1 << 30, 8, OptionalInt.empty(), List.of(), List.of());
    return new Placement(
        "f", "native", image, List.of(), Map.of(), 1, containment, false, Optional.empty(), 0);
  }
}
