package org.universalnode.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.security.AuditEntry;
import org.universalnode.node.security.AuditLog;

class AuditMainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void aLogThatNobodyTouchedIsWhole() throws IOException {
    write(3);
    assertThat(run()).isZero();
    assertThat(said()).contains("lines     3", "each line follows");
  }

  @Test
  void aLineThatWasChangedIsFound() throws IOException {
    write(3);
    Files.writeString(log(), Files.readString(log()).replaceFirst("/NF-FG/1", "/NF-FG/9"));
    assertThat(run()).isOne();
    assertThat(said()).contains("before audit.log:3", "broken");
    assertThat(run("--json")).isOne();
    assertThat(said()).contains("\"whole\": false");
  }

  /** Which the chain alone does not tell. */
  @Test
  void whoKnowsTheLastLineFindsThatTheEndIsMissing() throws IOException {
    write(3);
    run();
    String last = said().lines().filter(line -> line.startsWith("last")).findFirst().orElseThrow();
    String hash = last.substring(last.lastIndexOf(' ') + 1);
    write(1);
    assertThat(run("--contains", hash)).isZero();
    List<String> lines = new ArrayList<>(Files.readAllLines(log()));
    Files.write(log(), lines.subList(0, 2));
    assertThat(run()).isZero();
    assertThat(run("--contains", hash)).isOne();
    assertThat(said()).contains("missing");
  }

  @Test
  void whereThereIsNoneThatIsSaid() {
    assertThat(run()).isOne();
    assertThat(err.toString(UTF_8)).contains("no audit log in " + folder, "next: name the node's");
    assertThat(run("--no-such-option")).isEqualTo(2);
  }

  private void write(int entries) throws IOException {
    try (AuditLog log = AuditLog.open(folder)) {
      for (int i = 0; i < entries; i++) {
        log.record(
            new AuditEntry(
                Instant.EPOCH, OptionalInt.of(0), "", "127.0.0.1:9", "PUT", "/NF-FG/" + i, 201));
      }
    }
  }

  private int run(String... more) {
    out.reset();
    err.reset();
    List<String> arguments = new ArrayList<>(List.of("verify", "--state", folder.toString()));
    arguments.addAll(List.of(more));
    return AuditMain.run(
        arguments.toArray(String[]::new),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  private String said() {
    return out.toString(UTF_8);
  }

  private Path log() {
    return folder.resolve("audit.log");
  }
}
