package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three layouts, on folders that look like them; the real kernel is in LinuxProcessTest. */
class ControlGroupsTest {
  private static final Path PATH = Path.of("universal-node/g1/fw");
  private static final ControlGroups.Limits LIMITS = new ControlGroups.Limits(1000, 7);

  @TempDir Path root;

  @Test
  void theHybridLayoutIsUsedThroughItsV1Controllers() {
    ControlGroup group =
        ControlGroups.of(
                mounts(
                    "1 0 0:1 / ROOT/unified rw - cgroup2 cgroup2 rw",
                    "2 0 0:2 / ROOT/memory rw - cgroup cgroup rw,memory",
                    "3 0 0:3 / ROOT/pids rw - cgroup cgroup rw,pids"))
            .at(PATH);
    assertThat(group.limiting())
        .containsExactly(root.resolve("pids").resolve(PATH), root.resolve("memory").resolve(PATH));
    assertThat(group.unified()).isEmpty();
  }

  @Test
  void pureV2PassesTheControllersDownEachAncestor() throws Exception {
    ControlGroups groups = ControlGroups.of(mounts("1 0 0:1 / ROOT rw - cgroup2 cgroup2 rw"));
    Path fw = Files.createDirectories(root.resolve(PATH));
    for (Path folder = root; !folder.equals(fw); folder = child(folder, fw)) {
      Files.writeString(folder.resolve("cgroup.controllers"), "cpu memory pids\n");
      Files.createFile(folder.resolve("cgroup.subtree_control"));
    }
    Files.createFile(fw.resolve("pids.max"));
    Files.createFile(fw.resolve("memory.max"));
    groups.create(PATH, LIMITS);
    assertThat(root.resolve("universal-node/g1/cgroup.subtree_control")).hasContent("+memory");
    assertThat(fw.resolve("pids.max")).hasContent("7");
    assertThat(fw.resolve("memory.max")).hasContent("1000");
  }

  @Test
  void aMachineWithoutCgroupsSaysWhatIsMissing() {
    assertThat(ControlGroups.of(mounts("1 0 0:1 / / rw - ext4 /dev/vda rw")).missing())
        .contains("cgroup");
  }

  private static Path child(Path folder, Path descendant) {
    return folder.resolve(folder.relativize(descendant).getName(0));
  }

  private Mounts mounts(String... lines) {
    return Mounts.parse(
        List.of(lines).stream().map(line -> line.replace("ROOT", root.toString())).toList());
  }
}
