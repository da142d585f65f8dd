package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class NetlinkListenerTest {
  private static final int RTMGRP_LINK = 1;

  private NetworkNamespace here = NetworkNamespace.named("unset");

  @BeforeEach
  void makeNamespace(TestInfo test) {
    String name =
        "unlisten-" + ProcessHandle.current().pid() + "-" + test.getDisplayName().hashCode();
    here = NetworkNamespace.create(name);
  }

  @AfterEach
  void deleteIt() {
    here.delete();
  }

  /** The new socket is of the same namespace, and whoever listens hears that something is lost. */
  @Test
  void aSocketThatFailsIsReplaced() {
    AtomicInteger opened = new AtomicInteger();
    List<Optional<List<NetlinkReply>>> heard = new CopyOnWriteArrayList<>();
    try (NetlinkListener _ =
            here.call(() -> new NetlinkListener("test", () -> socket(opened), heard::add));
        RouteSocket route = here.routeSocket()) {
      Awaitility.await().until(() -> heard.contains(Optional.<List<NetlinkReply>>empty()));
      route.createVeth("a", "b", "02:00:00:00:00:07");
      Awaitility.await().until(() -> heard.stream().anyMatch(Optional::isPresent));
      assertThat(opened).hasValue(4);
    }
  }

  @Test
  void anEventThatIsNotDealtWithIsNotTheLast() {
    AtomicInteger told = new AtomicInteger();
    try (RoutingEvents _ = here.call(() -> RoutingEvents.listen(() -> failFirst(told)));
        RouteSocket route = here.routeSocket()) {
      route.createVeth("a", "b", "02:00:00:00:00:07");
      Awaitility.await().until(() -> told.get() > 0);
      route.deleteLink("a");
      Awaitility.await().until(() -> told.get() > 1);
    }
  }

  /** The first is of no use, two can't be had, and then all is well. */
  private static NetlinkSocket socket(AtomicInteger opened) {
    int number = opened.incrementAndGet();
    if (number == 2 || number == 3) {
      throw new KernelException("socket", 105);
    }
    NetlinkSocket socket = NetlinkSocket.listening(RTMGRP_LINK);
    if (number == 1) {
      socket.close();
    }
    return socket;
  }

  private static void failFirst(AtomicInteger told) {
    if (told.incrementAndGet() == 1) {
      throw new IllegalStateException("not dealt with");
    }
  }
}
