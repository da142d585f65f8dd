package org.universalnode.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.universalnode.bench.harness.Figure;

class SubjectsTest {
  @Test
  void everyFigureHasANameOfItsOwn() {
    assertThat(Subjects.all(Path.of("..")).stream().flatMap(subject -> subject.figures().stream()))
        .extracting(Figure::name)
        .contains("graph read, time, 10x larger", "un starts", "function nat, start / bare")
        .doesNotHaveDuplicates();
  }
}
