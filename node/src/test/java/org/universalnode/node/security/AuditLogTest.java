package org.universalnode.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final long ROOMY = 1 << 20;
  private static final long NARROW = 1_000;

  @TempDir private Path folder;

  @Test
  void whatWasWrittenIsAChainAlsoInTheNextLife() throws Exception {
    write(0, 3, ROOMY);
    write(3, 5, ROOMY);
    assertThat(lines()).hasSize(5);
    assertThat(lines().getFirst())
        .contains("\"user\":0", "\"method\":\"PUT\"", "\"path\":\"/NF-FG/gé0\"", "\"status\":201");
    assertThat(breaks()).isEmpty();
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void theChainGoesOnFromFileToFileAndBothAreBounded() throws Exception {
    write(0, 100, NARROW);
    assertThat(Files.size(file())).isLessThan(2 * NARROW);
    assertThat(Files.size(folder.resolve("audit.log.1"))).isLessThan(2 * NARROW);
    assertThat(breaks()).isEmpty();
  }

  @Test
  void aLineThatWasChangedIsFound() throws Exception {
    write(0, 5, ROOMY);
    Files.writeString(file(), Files.readString(file()).replace("gé1", "gé9"));
    assertThat(breaks()).containsExactly("audit.log:3");
  }

  @Test
  void aLineThatWasRemovedIsFound() throws Exception {
    write(0, 5, ROOMY);
    List<String> lines = lines();
    lines.remove(2);
    Files.write(file(), lines);
    assertThat(breaks()).containsExactly("audit.log:3");
  }

  @Test
  void linesInAnotherOrderAreFound() throws Exception {
    write(0, 5, ROOMY);
    List<String> lines = lines();
    Collections.swap(lines, 1, 2);
    Files.write(file(), lines);
    assertThat(breaks()).containsExactly("audit.log:2", "audit.log:3", "audit.log:4");
  }

  @Test
  void aLineThatWasCutOffIsFoundAndTheLogGoesOn() throws Exception {
    write(0, 3, ROOMY);
    String text = Files.readString(file());
    Files.writeString(file(), text.substring(0, text.length() - 5));
    write(3, 5, ROOMY);
    assertThat(lines()).hasSize(5);
    assertThat(breaks()).containsExactly("audit.log:3");
  }

  private void write(int from, int to, long mostBytes) throws IOException {
    try (AuditLog log = AuditLog.open(folder, mostBytes)) {
      for (int i = from; i < to; i++) {
        log.record(
            new AuditEntry(
                Instant.EPOCH, OptionalInt.of(0), "", "127.0.0.1:9", "PUT", "/NF-FG/gé" + i, 201));
      }
    }
  }

  private List<String> breaks() throws IOException {
    try (AuditLog log = AuditLog.open(folder)) {
      return log.breaks();
    }
  }

  private List<String> lines() throws IOException {
    return new ArrayList<>(Files.readAllLines(file()));
  }

  private Path file() {
    return folder.resolve("audit.log");
  }
}
