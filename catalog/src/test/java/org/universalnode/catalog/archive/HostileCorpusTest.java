package org.universalnode.catalog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.universalnode.catalog.trust.UnsignedPolicy;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Every hostile archive we could think of, by name: each is refused for its own reason, leaves
 * nothing behind, and nothing of it is ever outside the store.
 */
class HostileCorpusTest {
  @TempDir Path temp;

  /** One archive: what it is, its bytes, and a part of what the node says. */
  record Hostile(String name, Supplier<byte[]> bytes, Code code, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Hostile> corpus() throws IOException {
    return Stream.of(links(), names(), kinds(), sizes(), streams()).flatMap(group -> group);
  }

  private static Stream<Hostile> links() throws IOException {
    return Stream.of(
        unsafe("hard link", linked(TarConstants.LF_LINK, "start"), "a hard link"),
        unsafe("hard link to /etc/passwd", linked(TarConstants.LF_LINK, "/etc/passwd"), "a hard"),
        unsafe("symbolic link", linked(TarConstants.LF_SYMLINK, "start"), "a symbolic link"),
        unsafe("link to /etc", linked(TarConstants.LF_SYMLINK, "/etc"), "a symbolic link"),
        unsafe("link out of the folder", linked(TarConstants.LF_SYMLINK, "../.."), "a symbolic"),
        unsafe(
            "file through a linked folder",
            honest().link("lib", TarConstants.LF_SYMLINK, "/tmp").file("lib/evil", "x"),
            "a symbolic link"),
        unsafe(
            "link under a pax name",
            honest().paxNames().link("l".repeat(120), TarConstants.LF_SYMLINK, "/etc"),
            "a symbolic link"));
  }

  private static Stream<Hostile> names() throws IOException {
    return Stream.of(
        unsafe("absolute path", honest().file("/etc/cron.d/evil", "x"), "absolute name"),
        unsafe("path that climbs", honest().file("../evil", "x"), "climbs out"),
        unsafe("path that climbs later", honest().file("a/b/../../../evil", "x"), "climbs out"),
        unsafe("path that climbs in pax", honest().paxNames().file(climb(), "x"), "climbs out"),
        unsafe("folder that climbs", honest().folder("../evil/"), "climbs out"),
        unsafe("newline in a name", honest().file("a\nb", "x"), "control characters"),
        unsafe("escape sequence in a name", honest().file("\u001b[2J", "x"), "control characters"),
        unsafe("duplicate", honest().file("a", "1").file("a", "2"), "two entries"),
        unsafe("duplicate by another spelling", honest().file("./start", "2"), "two entries"),
        unsafe("folder in the place of a file", honest().file("start/x", "x"), "place of a file"),
        unsafe("file in the place of a folder", honest().file("a/b", "").file("a", ""), "folder"),
        limit("long name", honest().file("n".repeat(300), "x"), "a name of 300 bytes"));
  }

  private static Stream<Hostile> kinds() throws IOException {
    return Stream.of(
        unsafe("character device", honest().special("d", TarConstants.LF_CHR), "a device"),
        unsafe("block device", honest().special("d", TarConstants.LF_BLK), "a device"),
        unsafe("named pipe", honest().special("p", TarConstants.LF_FIFO), "a named pipe"),
        unsafe("contiguous file", honest().special("c", TarConstants.LF_CONTIG), "unknown kind"),
        unsafe("sparse file of GNU", sparse(), "a sparse file"),
        unsafe("start that is a device", new TestArchive().special("start", (byte) '3'), "device"),
        unsafe("no start", new TestArchive().file("stop", "x"), "no file named start"));
  }

  private static Stream<Hostile> sizes() throws IOException {
    byte[] nested = TestArchive.gzip(honest().gzipped());
    TestArchive many = honest();
    for (int i = 0; i < ArchiveLimits.DEFAULT.entries(); i++) {
      many.file("f" + i, "");
    }
    return Stream.of(
        limit("bomb", honest().file("zeros", new byte[8 << 20], 0644), "expands to more"),
        limit("too many files", many, "more than 4096"),
        limit("deep folders", honest().file("d/".repeat(120) + "d".repeat(30), ""), "a name of"),
        limit("long GNU name", honest().special("n", (byte) 'L', "n".repeat(200_000)), "header"),
        limit(
            "long pax record",
            honest().special("n", (byte) 'x', "200000 path=" + "n".repeat(199_987) + "\n"),
            "header"),
        new Hostile("gzip in gzip", () -> nested, Code.INVALID_DOCUMENT, "no file named start"));
  }

  private static Stream<Hostile> streams() throws IOException {
    byte[] whole = honest().file("data", "x".repeat(5_000)).gzipped();
    byte[] flipped = whole.clone();
    flipped[flipped.length - 6] ^= 1; // in the checksum
    byte[] garbage = Arrays.copyOf(whole, whole.length + 100);
    Arrays.fill(garbage, whole.length, garbage.length, (byte) 'x');
    byte[] zeros = TestArchive.gzip(Arrays.copyOf(honest().tar(), 6 << 20));
    return Stream.of(
        broken("truncated", Arrays.copyOf(whole, whole.length - 20)),
        broken("truncated in its header", Arrays.copyOf(whole, 5)),
        broken("wrong checksum", flipped),
        broken("trailing garbage", garbage),
        broken("empty", new byte[0]),
        broken("text", "<html>not found</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        new Hostile("bomb behind the last entry", () -> zeros, Code.LIMIT, "expands to more"));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isRefusedAndLeavesNothing(Hostile hostile) throws IOException {
    Workshop workshop = new Workshop(temp);
    URI uri = workshop.local(hostile.bytes().get()).toUri();
    ArchiveStore store = workshop.store(UnsignedPolicy.LOCAL);
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> store.unpack(Workshop.request("0", uri)));
    assertThat(refused).as("refusal").isNotNull();
    Problem problem = refused.first();
    assertThat(problem.detail()).contains(hostile.reason());
    assertThat(problem.code()).isEqualTo(hostile.code());
    assertThat(problem.nextStep()).isNotEmpty();
    assertThat(workshop.unpacked()).isEmpty();
    try (Stream<Path> outside = Files.list(temp)) {
      assertThat(outside.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "functions",
              "publishers",
              "store",
              "friend",
              "friend.pub",
              "stranger",
              "stranger.pub");
    }
  }

  private static TestArchive honest() {
    return TestArchive.withStart();
  }

  private static TestArchive linked(byte type, String target) {
    return honest().link("evil", type, target);
  }

  private static String climb() {
    return "../".repeat(40) + "evil";
  }

  private static TestArchive sparse() {
    return honest().special("s", TarConstants.LF_GNUTYPE_SPARSE);
  }

  private static Hostile unsafe(String name, TestArchive archive, String reason)
      throws IOException {
    byte[] bytes = archive.gzipped();
    return new Hostile(name, () -> bytes, Code.INVALID_DOCUMENT, reason);
  }

  private static Hostile limit(String name, TestArchive archive, String reason) throws IOException {
    byte[] bytes = archive.gzipped();
    return new Hostile(name, () -> bytes, Code.LIMIT, reason);
  }

  private static Hostile broken(String name, byte[] bytes) {
    return new Hostile(name, () -> bytes, Code.INVALID_DOCUMENT, "not a whole .tgz archive");
  }
}
