package org.universalnode.node.hoststack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientFolderTest {
  private static final long HUGE = 8L << 30;

  @TempDir Path root;
  private ClientFolder folder = new ClientFolder(Path.of("unset"));

  @BeforeEach
  void makeIt() throws IOException {
    folder = new ClientFolder(Files.createDirectory(root.resolve("uh0")));
  }

  @Test
  void theLastWordsAreTheLastLine() throws IOException {
    assertThat(folder.lastWords()).isEmpty();
    Files.writeString(folder.log(), "");
    assertThat(folder.lastWords()).isEmpty();
    Files.writeString(folder.log(), "first\nlast\n\n");
    assertThat(folder.lastWords()).isEqualTo("last");
    Files.writeString(folder.log(), "a\0b\u001b[1m");
    assertThat(folder.lastWords()).isEqualTo("a?b?[1m");
    Files.writeString(folder.log(), "x".repeat(5000));
    assertThat(folder.lastWords()).isEqualTo("x".repeat(1000));
  }

  @Test
  void ofAHugeLogOnlyTheEndIsRead() throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(folder.log().toFile(), "rw")) {
      log.setLength(HUGE); // a hole, not on the disk
      log.seek(HUGE);
      log.writeBytes("\nlast words\n");
    }
    assertThat(folder.lastWords()).isEqualTo("last words");
  }

  @Test
  void aLogThatCannotBeReadIsSaid() throws IOException {
    Files.createSymbolicLink(folder.log(), folder.log());
    assertThat(folder.lastWords()).contains("log can't be read");
  }

  @Test
  void whatIsNotOfAClientIsNotDeleted() throws IOException {
    Path stranger = Files.writeString(folder.path().resolve("notes"), "mine");
    folder.markAddressStays();
    assertThatThrownBy(folder::delete).isInstanceOf(UncheckedIOException.class);
    assertThat(stranger).hasContent("mine");
    Files.delete(stranger);
    folder.delete();
    assertThat(folder.path()).doesNotExist();
    folder.delete();
  }
}
