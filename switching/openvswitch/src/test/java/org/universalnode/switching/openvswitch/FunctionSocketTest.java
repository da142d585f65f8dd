package org.universalnode.switching.openvswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.testbed.HugePages;
import org.universalnode.testbed.PrivateOpenVswitch;

/** Ports that are vhost-user sockets of a real Open vSwitch with DPDK, which takes a core whole. */
@Isolated
@EnabledIf(value = "isThere", disabledReason = "needs root and Debian's openvswitch-switch-dpdk")
class FunctionSocketTest {
  private static final LsiId GRAPH = new LsiId(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private HugePages pages;
  private NetworkNamespace namespace;
  private PrivateOpenVswitch ovs;
  private SwitchDriver driver;
  private Attachment.FunctionSocket attachment;

  static boolean isThere() {
    return System.getProperty("user.name").equals("root") && PrivateOpenVswitch.hasDpdk();
  }

  @BeforeEach
  void begin() {
    attachment = new Attachment.FunctionSocket("g/f:lan:0", folder.resolve("0"));
    pages = HugePages.add(1000);
    namespace = namespace();
    ovs = PrivateOpenVswitch.withDpdk(namespace);
    driver = driver(namespace, ovs);
  }

  @AfterEach
  void nothingIsLeft() {
    try {
      driver.deleteLsi(GRAPH).orThrow();
      driver.close();
      assertThat(ovs.folder().toFile().list()).noneMatch(name -> name.startsWith("uv"));
    } finally {
      ovs.close();
      namespace.delete();
      pages.close();
    }
  }

  private static NetworkNamespace namespace() {
    return NetworkNamespace.create(
        "ovsd" + ProcessHandle.current().pid() + "x" + System.nanoTime());
  }

  private static SwitchDriver driver(NetworkNamespace namespace, PrivateOpenVswitch ovs) {
    return namespace.call(() -> OpenVswitchDriver.open("sockets", ovs.socket()).orThrow());
  }

  @Test
  void aSwitchWithoutDpdkRefusesThemBeforeAnythingIsMade() {
    NetworkNamespace other = namespace();
    try (PrivateOpenVswitch without = PrivateOpenVswitch.in(other);
        SwitchDriver refusing = driver(other, without)) {
      assertThat(refusing.servesSockets().toString()).contains("runs without DPDK");
      refusing.createLsi(GRAPH).orThrow();
      assertThat(refusing.createPort(GRAPH, attachment).toString()).contains("runs without DPDK");
      assertThat(attachment.socket()).doesNotExist();
      assertThat(refusing.observe().orThrow().ports()).isEmpty();
      refusing.deleteLsi(GRAPH).orThrow();
    } finally {
      other.delete();
    }
  }

  @Test
  void aSocketIsServedFoundAgainAndGoesWithItsPort() {
    driver.servesSockets().orThrow();
    AttachedPort port = driver.createPort(GRAPH, attachment).orThrow();
    assertThat(listens()).isTrue();
    assertThat(driver.createPort(GRAPH, attachment).orThrow()).isEqualTo(port);
    driver.close();
    driver = driver(namespace, ovs);
    assertThat(driver.observe().orThrow().ports())
        .extracting(AttachedPort::port)
        .containsExactly(port.port());
    assertThat(driver.createPort(GRAPH, attachment).orThrow()).isEqualTo(port);
    assertThat(driver.verify().orThrow()).isEmpty();
    driver.deletePort(GRAPH, attachment).orThrow();
    assertThat(attachment.socket()).doesNotExist();
    assertThat(driver.observe().orThrow().ports()).isEmpty();
  }

  /** Open vSwitch could not bind its sockets if those that it left were not removed for it. */
  @Test
  void theyAreServedAgainAfterTheSwitchWasKilled() throws IOException {
    driver.createPort(GRAPH, attachment).orThrow();
    Path socket = Files.readSymbolicLink(attachment.socket());
    for (int i = 0; i < 2; i++) {
      ovs.killSwitch();
      await().atMost(PATIENCE).until(() -> !Files.exists(socket));
      ovs.startSwitch();
      await().atMost(PATIENCE).until(this::listens);
      assertThat(ovs.vsctl("get", "interface", socket.getFileName().toString(), "error"))
          .isEqualToIgnoringWhitespace("[]");
    }
    driver.createPort(GRAPH, attachment).orThrow();
  }

  private boolean listens() {
    Path link = attachment.socket();
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(link.toRealPath()))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
