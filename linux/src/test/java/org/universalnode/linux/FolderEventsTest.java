package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What disappears is told, of the folder that is there now. */
class FolderEventsTest {
  @TempDir Path root;
  private final List<Optional<Path>> told = new CopyOnWriteArrayList<>();
  private EventLoop loop;
  private FolderEvents events;

  @BeforeEach
  void listen() {
    loop = EventLoop.start("test of folders");
    events = FolderEvents.listen(loop, told::add);
  }

  @AfterEach
  void end() {
    loop.close();
  }

  @Test
  void aFileAndThenItsFolderAreToldToBeGone() throws IOException {
    Path folder = Files.createDirectory(root.resolve("folder"));
    Path file = Files.createFile(folder.resolve("file"));
    events.watch(folder);
    events.watch(folder);
    Files.delete(file);
    Files.delete(folder);
    await().until(() -> told.size() == 2);
    assertThat(told).containsExactly(Optional.of(file), Optional.of(folder));
  }

  @Test
  void aFolderThatWasAtThePlaceBeforeIsForgotten() throws IOException {
    Path folder = Files.createDirectory(root.resolve("folder"));
    events.watch(folder);
    Path away = Files.move(folder, root.resolve("away"));
    Files.createDirectory(folder);
    events.watch(folder);
    Files.delete(Files.createFile(away.resolve("old")));
    Files.delete(Files.createFile(folder.resolve("new")));
    await().until(() -> told.contains(Optional.of(folder.resolve("new"))));
    assertThat(told).doesNotContain(Optional.of(folder.resolve("old")));
  }

  @Test
  void aFolderIsWatchedAgainAfterItWasDeletedAndMade() throws IOException {
    Path folder = root.resolve("folder");
    for (int round = 0; round < 3; round++) {
      Files.createDirectory(folder);
      events.watch(folder);
      Files.delete(folder);
      int seen = round + 1;
      await().until(() -> told.size() == seen);
    }
  }
}
