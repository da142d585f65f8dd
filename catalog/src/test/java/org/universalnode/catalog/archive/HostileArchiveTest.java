package org.universalnode.catalog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** Everything refused is refused for its own reason and leaves nothing behind. */
class HostileArchiveTest {
  private static final ArchiveLimits SMALL = new ArchiveLimits(4, 100_000, 50_000, 20_000, 100, 40);

  @TempDir Path temp;

  @Test
  void absoluteNamesAreRefused() throws IOException {
    assertUnsafe(TestArchive.withStart().file("/etc/evil", "x"), "absolute name: /etc/evil");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "lib/../../evil", "lib/..", ".."})
  void namesThatClimbAreRefused(String name) throws IOException {
    assertUnsafe(TestArchive.withStart().file(name, "x"), "climbs out of its folder: " + name);
  }

  @Test
  void controlCharactersInNamesAreRefused() throws IOException {
    assertUnsafe(TestArchive.withStart().file("a\nb", "x"), "control characters");
  }

  @ParameterizedTest
  @CsvSource({"1,a hard link", "2,a symbolic link", "3,a device", "4,a device", "6,a named pipe"})
  void linksAndDevicesAreRefused(char type, String kind) throws IOException {
    assertUnsafe(TestArchive.withStart().special("evil", (byte) type), "has " + kind + ": evil");
  }

  @Test
  void aSymbolicStartIsRefused() throws IOException {
    assertUnsafe(
        new TestArchive().file("real", "x").special("start", TarConstants.LF_SYMLINK),
        "has a symbolic link: start");
  }

  @ParameterizedTest
  @ValueSource(chars = {'7', 'V', 'M', 'Z'})
  void unknownKindsAreRefused(char type) throws IOException {
    assertUnsafe(TestArchive.withStart().special("odd", (byte) type), "unknown kind: odd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "./start", ".//start", "start/."})
  void aSecondEntryOfTheSameNameIsRefused(String name) throws IOException {
    assertUnsafe(TestArchive.withStart().file(name, "x"), "two entries of the name start");
  }

  @Test
  void aFileBelowAFileIsRefused() throws IOException {
    assertUnsafe(TestArchive.withStart().file("start/x", "x"), "in the place of a file: start");
  }

  @Test
  void aFileInThePlaceOfAFolderIsRefused() throws IOException {
    assertUnsafe(TestArchive.withStart().file("a/b", "").file("a", ""), "place of a folder: a");
    assertUnsafe(TestArchive.withStart().file(".", "x"), "place of a folder: .");
  }

  @Test
  void anArchiveWithoutStartIsRefused() throws IOException {
    assertUnsafe(new TestArchive(), "no file named start");
    assertUnsafe(new TestArchive().folder("start/"), "no file named start");
    Problem problem = refusal(new TestArchive().file("firewall/start", "x"));
    assertThat(problem.detail()).contains("no file named start at its top level");
    assertThat(problem.nextStep()).contains("tar -czf NAME.tgz -C FOLDER .");
  }

  @Test
  void tooManyEntriesAreRefused() throws IOException {
    TestArchive archive = TestArchive.withStart();
    for (int i = 0; i < 4; i++) {
      archive.file("f" + i, "");
    }
    assertLimit(archive, "more than 4 files and folders");
  }

  @Test
  void foldersThatAreOnlyImpliedCount() throws IOException {
    assertLimit(TestArchive.withStart().file("a/b/c/d", ""), "more than 4 files and folders");
  }

  @Test
  void aLargeFileIsRefused() throws IOException {
    assertLimit(TestArchive.withStart().file("big", new byte[20_001], 0644), "big has 20001 bytes");
  }

  @Test
  void aLargeWholeIsRefused() throws IOException {
    TestArchive archive = TestArchive.withStart();
    for (int i = 0; i < 3; i++) {
      archive.file("f" + i, new byte[16_000], 0644);
    }
    assertLimit(archive, "expands to more than 50000 bytes");
  }

  @Test
  void aLongNameIsRefused() throws IOException {
    assertLimit(TestArchive.withStart().file("n".repeat(41), "x"), "a name of 41 bytes");
    assertLimit(TestArchive.withStart().file("ü".repeat(21), "x"), "a name of 42 bytes");
  }

  @Test
  void aLongArchiveIsRefusedUnread() throws IOException {
    Path file = Files.write(temp.resolve("big.tgz"), new byte[100_001]);
    Problem problem = refusal(file.toUri(), SMALL);
    assertThat(problem.code()).isEqualTo(Code.LIMIT);
    assertThat(problem.detail()).contains("has 100001 bytes");
  }

  @Test
  void aBombIsRefusedByItsRatio() throws IOException {
    URI bomb = TestArchive.withStart().file("zeros", new byte[4 << 20], 0644).write(tgz());
    Problem problem = refusal(bomb, ArchiveLimits.DEFAULT);
    assertThat(problem.code()).isEqualTo(Code.LIMIT);
    assertThat(problem.nextStep()).contains("100 times its compressed size");
  }

  @Test
  void aBombBehindTheLastEntryIsRefused() throws IOException {
    byte[] tar = TestArchive.withStart().tar();
    Files.write(tgz(), TestArchive.gzip(Arrays.copyOf(tar, tar.length + (4 << 20))));
    Problem problem = refusal(tgz().toUri(), ArchiveLimits.DEFAULT);
    assertThat(problem.nextStep()).contains("100 times its compressed size");
  }

  @ParameterizedTest
  @CsvSource({"L,''", "x,100001 path="})
  void namesThatFillTheMemoryAreRefused(char type, String before) throws IOException {
    String name = before + "n".repeat(100_000 - before.length()) + "\n";
    URI uri = TestArchive.withStart().special("name", (byte) type, name).write(tgz());
    Problem problem = refusal(uri, ArchiveLimits.DEFAULT);
    assertThat(problem.code()).isEqualTo(Code.LIMIT);
    assertThat(problem.detail()).contains("has too long a header");
  }

  @Test
  void aLongAbsoluteNameStaysInsideItsFolder() throws IOException {
    String name = "/" + "n".repeat(120);
    URI uri = TestArchive.withStart().paxNames().file(name, "x").write(tgz());
    Path folder = Stores.open(store(), ArchiveLimits.DEFAULT).unpack(Stores.request(uri));
    assertThat(folder.resolve(name.substring(1))).exists();
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    Files.writeString(tgz(), "PK: not a gzip file");
    assertThat(refusal(tgz().toUri(), SMALL).detail()).contains("is not a whole .tgz archive");
  }

  @Test
  void aCutArchiveIsRefused() throws IOException {
    byte[] whole = TestArchive.gzip(TestArchive.withStart().tar());
    for (int length = 0; length < whole.length; length++) {
      Files.write(tgz(), Arrays.copyOf(whole, length));
      Problem problem = refusal(tgz().toUri(), SMALL);
      assertThat(problem.code()).isEqualTo(Code.INVALID_DOCUMENT);
    }
  }

  @Test
  void aWrongChecksumIsRefused() throws IOException {
    byte[] bytes = TestArchive.gzip(TestArchive.withStart().tar());
    bytes[bytes.length - 5] ^= 1;
    Files.write(tgz(), bytes);
    assertThat(refusal(tgz().toUri(), SMALL).detail()).contains("is not a whole .tgz archive");
  }

  private void assertUnsafe(TestArchive archive, String detail) throws IOException {
    Problem problem = refusal(archive);
    assertThat(problem.code()).isEqualTo(Code.INVALID_DOCUMENT);
    assertThat(problem.detail()).startsWith("archive file:").contains(detail);
    assertThat(problem.nextStep()).isNotEmpty();
  }

  private void assertLimit(TestArchive archive, String detail) throws IOException {
    Problem problem = refusal(archive);
    assertThat(problem.code()).isEqualTo(Code.LIMIT);
    assertThat(problem.detail()).contains(detail);
  }

  private Problem refusal(TestArchive archive) throws IOException {
    return refusal(archive.write(tgz()), SMALL);
  }

  private Problem refusal(URI archive, ArchiveLimits limits) throws IOException {
    ArchiveStore store = Stores.open(store(), limits);
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> store.unpack(Stores.request(archive)));
    assertThat(refused).as("refusal of the archive").isNotNull();
    try (Stream<Path> left = Files.walk(store())) {
      assertThat(left.filter(Files::isRegularFile)).as("left behind").isEmpty();
    }
    return refused.first();
  }

  private Path tgz() {
    return temp.resolve("f.tgz");
  }

  private Path store() {
    return temp.resolve("store");
  }
}
