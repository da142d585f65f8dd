package org.universalnode.catalog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class ArchiveStoreTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2016-06-01T00:00:00Z"));

  @TempDir Path temp;

  @Test
  void theFolderIsNamedByTheDigestAndHoldsTheFiles() throws Exception {
    URI uri = TestArchive.withStart().folder("lib/").file("lib/data", "x = 1\n").write(tgz());

    Path folder = store().unpack(Stores.request(uri));

    byte[] sha = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(tgz()));
    assertThat(folder).isEqualTo(temp.resolve("store").resolve(HexFormat.of().formatHex(sha)));
    assertThat(folder.resolve("start")).hasContent("#!/bin/sh\n");
    assertThat(folder.resolve("lib/data")).hasContent("x = 1\n");
    assertThat(everythingIn(temp.resolve("store"))).hasSize(8);
  }

  @Test
  void onlyTheOwnersExecuteBitIsKept() throws IOException {
    byte[] text = {'#', '\n'};
    URI uri =
        TestArchive.withStart()
            .file("suid", text, 06777)
            .file("secret", text, 0600)
            .file("bin/tool", text, 0700)
            .file("group", text, 0070)
            .write(tgz());

    Path folder = store().unpack(Stores.request(uri));

    assertThat(mode(folder)).isEqualTo(0755);
    assertThat(mode(folder.resolve("suid"))).isEqualTo(0755);
    assertThat(mode(folder.resolve("secret"))).isEqualTo(0644);
    assertThat(mode(folder.resolve("bin"))).isEqualTo(0755);
    assertThat(mode(folder.resolve("bin/tool"))).isEqualTo(0755);
    assertThat(mode(folder.resolve("group"))).isEqualTo(0644);
  }

  @Test
  void handlersAreMadeExecutable() throws IOException {
    List<String> handlers =
        List.of("stop", "update", "pause", "resume", "status", "attach", "detach");
    TestArchive archive = TestArchive.withStart().file("lib/stop", "").file("restart", "");
    handlers.forEach(name -> archive.file("./" + name, "#!/bin/sh\n"));

    Path folder = store().unpack(Stores.request(archive.write(tgz())));

    assertThat(mode(folder.resolve("start"))).isEqualTo(0755);
    assertThat(handlers).allSatisfy(name -> assertThat(mode(folder.resolve(name))).isEqualTo(0755));
    assertThat(mode(folder.resolve("restart"))).isEqualTo(0644);
    assertThat(mode(folder.resolve("lib/stop"))).isEqualTo(0644);
  }

  @Test
  void anArchiveMadeOfTheWholeFolderIsUnpacked() throws IOException {
    TestArchive archive = new TestArchive().folder("./").folder("./lib/").file("./lib/data", "x");
    Path folder = store().unpack(Stores.request(archive.file("./start", "").write(tgz())));
    assertThat(everythingIn(folder)).hasSize(4);
  }

  @Test
  void theSameContentUnderAnotherNameIsUnpackedOnce() throws IOException {
    Path first = store().unpack(Stores.request(TestArchive.withStart().write(tgz())));
    Object inode = Files.getAttribute(first, "unix:ino");
    Path copy = Files.copy(tgz(), temp.resolve("copy.tgz"));
    assertThat(store().unpack(Stores.request(copy.toUri()))).isEqualTo(first);
    assertThat(Files.getAttribute(first, "unix:ino")).isEqualTo(inode);
  }

  @Test
  void aFileThatLooksTheSameIsNotHashedAgain() throws IOException {
    TestArchive.withStart().write(tgz());
    Files.setLastModifiedTime(tgz(), LONG_AGO);
    ArchiveFile file = ArchiveFile.of(tgz());
    Digests digests = new Digests();
    String digest = digests.of(file);
    Files.write(tgz(), new byte[100]);
    assertThat(digests.of(file)).isEqualTo(digest);
    assertThat(digests.of(ArchiveFile.of(tgz()))).isNotEqualTo(digest);
  }

  @Test
  void aFileWhoseTimeWasSetBackIsSeen() throws IOException {
    ArchiveStore store = store();
    URI uri = new TestArchive().file("start", "a").write(tgz());
    Files.setLastModifiedTime(tgz(), LONG_AGO);
    Path first = store.unpack(Stores.request(uri));
    new TestArchive().file("start", "b").write(tgz());
    Files.setLastModifiedTime(tgz(), LONG_AGO);
    assertThat(store.unpack(Stores.request(uri))).isNotEqualTo(first);
  }

  @Test
  void aChangedFileIsUnpackedAnew() throws IOException {
    ArchiveStore store = store();
    URI uri = TestArchive.withStart().write(tgz());
    Files.setLastModifiedTime(tgz(), LONG_AGO);
    Path first = store.unpack(Stores.request(uri));
    TestArchive.withStart().file("more", "x").write(tgz());
    assertThat(store.unpack(Stores.request(uri)))
        .isNotEqualTo(first)
        .isDirectoryContaining("glob:**/more");
    assertThat(first).exists();
  }

  @Test
  void aFileChangedInTheSameInstantIsSeen() throws IOException {
    ArchiveStore store = store();
    URI uri = new TestArchive().file("start", "a").write(tgz());
    FileTime now = Files.getLastModifiedTime(tgz());
    Path first = store.unpack(Stores.request(uri));
    new TestArchive().file("start", "b").write(tgz());
    Files.setLastModifiedTime(tgz(), now);
    assertThat(store.unpack(Stores.request(uri))).isNotEqualTo(first);
  }

  @Test
  void manyCallersAtOnceGetOneFolder() throws Exception {
    ArchiveStore store = store();
    URI uri = TestArchive.withStart().file("data", new byte[100_000], 0644).write(tgz());
    Set<Path> folders = new HashSet<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Path>> calls = Stream.generate(() -> call(store, uri)).limit(16).toList();
      for (Future<Path> call : callers.invokeAll(calls)) {
        folders.add(call.get());
      }
    }
    assertThat(folders).hasSize(1);
    assertThat(everythingIn(temp.resolve("store"))).hasSize(7);
  }

  @Test
  void aDamagedFolderIsReplaced() throws IOException {
    ArchiveStore store = store();
    URI uri = TestArchive.withStart().file("lib/data", "x").write(tgz());
    Path folder = store.unpack(Stores.request(uri));
    Files.delete(folder.resolve("start"));
    assertThat(store.unpack(Stores.request(uri))).isEqualTo(folder);
    assertThat(folder.resolve("start")).exists();
  }

  @Test
  void whatAKilledNodeLeftUnfinishedIsDeleted() throws IOException {
    Path left = Files.createDirectories(temp.resolve("store/.unfinished-1/lib"));
    Files.writeString(left.resolve("data"), "half");
    Files.createSymbolicLink(left.resolve("link"), temp);
    Path kept = store().unpack(Stores.request(TestArchive.withStart().write(tgz())));
    assertThat(temp.resolve("store")).isDirectoryNotContaining("glob:**/.unfinished-*");
    assertThat(kept).exists();
    assertThat(tgz()).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker:nat", "f.tgz", "FTP://h/f"})
  void otherAddressesAreNotSupported(String uri) {
    Problem problem = problem(URI.create(uri));
    assertThat(problem.code()).isEqualTo(Code.UNSUPPORTED);
    assertThat(problem.detail()).startsWith("archive " + uri);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file://host/f.tgz", "file:f.tgz", "file:///f.tgz?x", "file:///%00"})
  void badFileAddressesAreRefused(String uri) {
    assertThat(problem(URI.create(uri)).code()).isEqualTo(Code.INVALID_DOCUMENT);
  }

  @Test
  void aMissingFileIsNamed() {
    Problem problem = problem(tgz().toUri());
    assertThat(problem.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(problem.detail()).contains("f.tgz").contains("no such file");
  }

  @Test
  void aFolderIsNoArchive() {
    assertThat(problem(temp.toUri()).detail()).contains("is not a regular file");
  }

  @Test
  void aStoreThatCannotBeMadeSaysSo() throws IOException {
    Path file = Files.writeString(temp.resolve("taken"), "x");
    ProblemException thrown =
        catchThrowableOfType(
            ProblemException.class, () -> Stores.open(file, ArchiveLimits.DEFAULT));
    assertThat(thrown.first().code()).isEqualTo(Code.KERNEL);
    assertThat(thrown.first().detail()).contains(file.toString());
  }

  private Problem problem(URI uri) {
    return catchThrowableOfType(ProblemException.class, () -> store().unpack(Stores.request(uri)))
        .first();
  }

  private ArchiveStore store() {
    return Stores.open(temp.resolve("store"), ArchiveLimits.DEFAULT);
  }

  private Path tgz() {
    return temp.resolve("f.tgz");
  }

  private static Callable<Path> call(ArchiveStore store, URI uri) {
    return () -> store.unpack(Stores.request(uri));
  }

  private static List<Path> everythingIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.toList();
    }
  }

  private static int mode(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:mode") & 07777;
  }
}
