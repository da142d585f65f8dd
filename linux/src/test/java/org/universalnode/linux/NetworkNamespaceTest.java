package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class NetworkNamespaceTest {
  private static final String PREFIX = "unlinux-" + ProcessHandle.current().pid() + "-";

  @Test
  void isPinnedWhereItsNameSaysUntilItIsDeleted() {
    NetworkNamespace namespace = NetworkNamespace.create(PREFIX + "pin");
    try {
      assertThat(namespace.path()).exists();
      assertThat(NetworkNamespace.names(PREFIX + "pin")).containsExactly(PREFIX + "pin");
      assertThat(NetworkNamespace.pinned()).contains(namespace.name());
    } finally {
      namespace.delete();
    }
    assertThat(namespace.exists()).isFalse();
    assertThat(NetworkNamespace.pinned()).doesNotContain(namespace.name());
  }

  @Test
  void holdsNothingButItsLoopbackWhichIsUp() {
    NetworkNamespace namespace = NetworkNamespace.create(PREFIX + "lo");
    try (RouteSocket route = namespace.routeSocket()) {
      assertThat(route.links()).extracting(Link::name, Link::up).containsExactly(lo());
    } finally {
      namespace.delete();
    }
  }

  @Test
  void leavesTheCallersNamespaceAlone() throws Exception {
    Path mine = Path.of("/proc/thread-self/ns/net");
    Path before = Files.readSymbolicLink(mine);
    NetworkNamespace namespace = NetworkNamespace.create(PREFIX + "alone");
    try {
      Path inside = namespace.call(() -> Files.readSymbolicLink(mine));
      assertThat(inside).isNotEqualTo(before);
      assertThat(Files.readSymbolicLink(mine)).isEqualTo(before);
    } finally {
      namespace.delete();
    }
  }

  @Test
  void isNotMadeTwice() {
    NetworkNamespace namespace = NetworkNamespace.create(PREFIX + "twice");
    try {
      assertThatThrownBy(() -> NetworkNamespace.create(PREFIX + "twice"))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
      assertThat(namespace.exists()).isTrue();
    } finally {
      namespace.delete();
    }
  }

  @Test
  void aMissingOneIsNamedInTheError() {
    NetworkNamespace absent = NetworkNamespace.named(PREFIX + "absent");
    assertThatThrownBy(() -> absent.call(() -> 1))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining(PREFIX + "absent")
        .hasMessageContaining("ENOENT");
  }

  @Test
  void appearanceAndDisappearanceAreReported() {
    List<NamespaceEvents.Event> seen = new CopyOnWriteArrayList<>();
    String name = PREFIX + "events";
    try (NamespaceEvents events = NamespaceEvents.listen(seen::add)) {
      NetworkNamespace.create(name).delete();
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(seen)
                      .contains(
                          new NamespaceEvents.Event.Pinned(name),
                          new NamespaceEvents.Event.Unpinned(name)));
    }
  }

  private static org.assertj.core.groups.Tuple lo() {
    return org.assertj.core.groups.Tuple.tuple("lo", true);
  }

  @Test
  void thatOfAProcessIsPinnedInsteadOfAnother() throws Exception {
    NetworkNamespace first = NetworkNamespace.create(PREFIX + "first");
    NetworkNamespace second = NetworkNamespace.create(PREFIX + "second");
    Process process = new ProcessBuilder("nsenter", "--net=" + first.path(), "sleep", "60").start();
    int pid = Math.toIntExact(process.pid());
    try {
      Awaitility.await().until(() -> first.isOf(pid));
      assertThat(second.isOf(pid)).isFalse();
      NetworkNamespace.pin(second.name(), pid);
      assertThat(second.isOf(pid)).isTrue();
      first.delete();
      process.destroyForcibly().waitFor();
      assertThat(second.exists()).isTrue();
      assertThat(second.isOf(pid)).isFalse();
      assertThatThrownBy(() -> NetworkNamespace.pin(second.name(), pid))
          .isInstanceOf(KernelException.class);
      assertThat(second.exists()).isFalse();
    } finally {
      process.destroyForcibly();
      first.delete();
      second.delete();
    }
  }
}
