package org.universalnode.catalog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.trust.UnsignedPolicy;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class ArchiveCacheTest {
  /** Room for three archives, each of a folder and a file in a block. */
  private static final long THREE = 3 * 12_288;

  @TempDir Path temp;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final Set<Path> inUse = new HashSet<>();
  private Workshop workshop;

  @BeforeEach
  void open() {
    workshop = new Workshop(temp);
  }

  @Test
  void theOneThatWasNotUsedForLongestMakesRoom() {
    ArchiveStore store = store();
    Path a = unpack(store, "a");
    Path b = unpack(store, "b");
    Path c = unpack(store, "c");
    unpack(store, "a");
    Path d = unpack(store, "d");
    assertThat(b).doesNotExist();
    assertThat(Set.of(a, c, d)).allSatisfy(folder -> assertThat(folder).isDirectory());
    assertThat(store().unpack(request("b"))).isEqualTo(b).isDirectory();
  }

  @Test
  void theOrderOfUseIsKnownAfterARestart() {
    ArchiveStore store = store();
    Path a = unpack(store, "a");
    Path b = unpack(store, "b");
    unpack(store, "c");
    unpack(store, "a");
    unpack(store(), "d");
    assertThat(b).doesNotExist();
    assertThat(a).isDirectory();
  }

  @Test
  void whatAnInstanceUsesStays() {
    ArchiveStore store = store();
    Path a = unpack(store, "a");
    inUse.add(Path.of("/another/way/there").resolve(a.getFileName()));
    Path b = unpack(store, "b");
    unpack(store, "c");
    unpack(store, "d");
    assertThat(a).isDirectory();
    assertThat(b).doesNotExist();
  }

  @Test
  void whatWasHandedOutJustNowStaysAndALimitIsALimit() {
    ArchiveStore store = store();
    for (String name : new String[] {"a", "b", "c"}) {
      store.unpack(request(name));
    }
    Problem problem =
        catchThrowableOfType(ProblemException.class, () -> store.unpack(request("d"))).first();
    assertThat(problem.code()).isEqualTo(Code.LIMIT);
    assertThat(problem.nextStep()).contains("--archive-cache");
    assertThat(temp.resolve("store")).isDirectoryNotContaining("glob:**/.unfinished-*");
    now.set(now.get().plus(Duration.ofMinutes(11)));
    assertThat(store.unpack(request("d"))).isDirectory();
  }

  @Test
  void forWhatCanNeverFitNothingGoes() throws IOException {
    ArchiveStore store = store();
    Path a = unpack(store, "a");
    Path b = unpack(store, "b");
    ArchiveRequest large = request("x".repeat(100));
    byte[] archive = Workshop.archive("x".repeat(60_000));
    Files.write(temp.resolve("functions").resolve("x".repeat(100) + ".tgz"), archive);
    Problem problem =
        catchThrowableOfType(ProblemException.class, () -> store.unpack(large)).first();
    assertThat(problem.code()).isEqualTo(Code.LIMIT);
    assertThat(a).isDirectory();
    assertThat(b).isDirectory();
  }

  @Test
  void aChangedFileIsNoticedAfterARestart() throws IOException {
    Path folder = unpack(store(), "a");
    Files.writeString(folder.resolve("start"), "echo 2\n");
    assertThat(store().unpack(request("a")).resolve("start")).hasContent("a");
    Files.writeString(folder.resolve("more"), "x");
    assertThat(store().unpack(request("a"))).isDirectoryNotContaining("glob:**/more");
    Files.setPosixFilePermissions(
        folder.resolve("start"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    assertThat(store().unpack(request("a")).resolve("start")).isExecutable();
  }

  @Test
  void whatNoRecordVouchesForIsUnpackedAnew() throws IOException {
    Path folder = unpack(store(), "a");
    Files.writeString(folder.resolve("start"), "echo 2\n");
    Files.delete(temp.resolve("store/.entries").resolve(folder.getFileName()));
    ArchiveStore restarted = store();
    assertThat(folder).doesNotExist();
    assertThat(unpack(restarted, "a").resolve("start")).hasContent("a");
  }

  @Test
  void whatWasChangedIsGoneAsSoonAsSomebodyAsks() throws IOException {
    Path a = unpack(store(), "a");
    Path b = unpack(store(), "b");
    Files.write(a.resolve("start"), new byte[0]); // as after a loss of power
    ArchiveStore restarted = store();
    assertThat(restarted.holds(a)).isFalse();
    assertThat(a).doesNotExist();
    assertThat(restarted.holds(b)).isTrue();
    assertThat(restarted.holds(temp.resolve("elsewhere").resolve(b.getFileName()))).isFalse();
    assertThat(restarted.unpack(request("a")).resolve("start")).hasContent("a");
    assertThat(restarted.holds(a)).isTrue();
  }

  @Test
  void whatIsHandedOutIsOnTheDisk() throws IOException, InterruptedException {
    Path waiting = Files.writeString(temp.resolve("waiting"), "x");
    assumeTrue(waitsForItsPlace(waiting), "this file system does not tell what it has written");
    Path folder = store().unpack(request("a"));
    assertThat(waitsForItsPlace(folder.resolve("start"))).isFalse();
    Path record = temp.resolve("store/.entries").resolve(folder.getFileName());
    assertThat(waitsForItsPlace(record)).isFalse();
  }

  /** Whether a file has no blocks of the disk yet (FIEMAP, {@code FIEMAP_EXTENT_DELALLOC}). */
  private static boolean waitsForItsPlace(Path file) throws InterruptedException {
    try {
      Process told = new ProcessBuilder("filefrag", "-v", file.toString()).start();
      String text = new String(told.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(told.waitFor()).isZero();
      return text.contains("delalloc");
    } catch (IOException e) {
      return false; // nobody here can tell
    }
  }

  @Test
  void whatAKilledNodeLeftIsMended() throws IOException {
    Path store = temp.resolve("store");
    Path folder = unpack(store(), "a");
    Path record = store.resolve(".entries").resolve(folder.getFileName());
    Files.copy(record, store.resolve(".entries/" + "0".repeat(64)));
    Files.writeString(store.resolve(".entries/.unfinished-1"), "half");
    Files.writeString(store.resolve(".origins/.unfinished-1"), "half");
    Files.writeString(store.resolve(".origins/" + "1".repeat(64)), "{\"uri\":");
    Files.writeString(store.resolve(".unfinished-download"), "half");
    Files.writeString(record, "bytes");
    assertThat(unpack(store(), "a").resolve("start")).hasContent("a");
    assertThat(store).isDirectoryNotContaining("glob:**/.unfinished-*");
    assertThat(store.resolve(".origins")).isEmptyDirectory();
    assertThat(store.resolve(".entries")).isDirectoryContaining(record::equals);
    assertThat(store.resolve(".entries")).isDirectoryNotContaining(one -> !one.equals(record));
  }

  @Test
  void aFullDiskIsToldAndLeavesNothing() throws Exception {
    boolean root = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    assumeTrue(root, "only root mounts a small disk");
    Path small = Files.createDirectory(temp.resolve("store"));
    run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString());
    try {
      byte[] large =
          TestArchive.gzip(TestArchive.withStart().file("d", new byte[200_000], 0644).tar());
      URI uri = Files.write(temp.resolve("functions/large.tgz"), large).toUri();
      ArchiveStore store = store();
      Problem problem =
          catchThrowableOfType(
                  ProblemException.class, () -> store.unpack(Workshop.request("0", uri)))
              .first();
      assertThat(problem.code()).isEqualTo(Code.KERNEL);
      assertThat(problem.nextStep()).contains("the disk has room");
      assertThat(workshop.unpacked()).isEmpty();
      assertThat(unpack(store, "a")).isDirectory();
    } finally {
      run("umount", small.toString());
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  /** Unpacks it, and lets the time pass in which it could be meant for an instance. */
  private Path unpack(ArchiveStore store, String name) {
    Path folder = store.unpack(request(name));
    now.set(now.get().plus(Duration.ofMinutes(11)));
    return folder;
  }

  private ArchiveRequest request(String name) {
    try {
      byte[] archive = Workshop.archive(name);
      Path file = Files.write(temp.resolve("functions").resolve(name + ".tgz"), archive);
      return Workshop.request("0", file.toUri());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private ArchiveStore store() {
    return workshop.store(UnsignedPolicy.LOCAL, new CacheRoom(THREE, () -> inUse), now::get);
  }
}
