package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.EndPoint.Addressing;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchDriverProvider;

/** A node begins again and can't restore a graph, because a function of it refuses its settings. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class UnrestoredGraphTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Lab lab;
  private Node node;

  @BeforeEach
  void startANode() {
    lab = new Lab(folder);
    node = Node.start(lab.options());
    assertThat(put(lab.chain("wire {\"at update\":\"refuse\"}", "wire"))).isEqualTo(201);
    assertThat(lab.connected(7000)).isTrue();
  }

  @AfterEach
  void nothingIsLeft() {
    try (Lab last = lab) {
      lab.call(node.port(), "DELETE", "/NF-FG/g1", "");
      node.close();
      assertThat(last.traces()).isEmpty();
      assertThat(last.hasPins()).isFalse();
      assertThat(before()).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itsTrafficGoesOnUntilItIsDeleted(boolean ofAnotherLayout) throws IOException {
    beginAgain(ofAnotherLayout);
    assertThat(lab.connected(7001)).isTrue();
    node.close();
    node = Node.start(lab.options());
    assertThat(lab.connected(7002)).isTrue();
    assertThat(lab.call(node.port(), "DELETE", "/NF-FG/g1", "").statusCode()).isEqualTo(204);
    assertThat(lab.connected(7003)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itsTrafficGoesOnWhenItIsMendedAndAfterwards(boolean ofAnotherLayout) throws IOException {
    beginAgain(ofAnotherLayout);
    assertThat(put(lab.chain("wire", "wire"))).isEqualTo(202);
    assertThat(state()).isEqualTo("active");
    assertThat(lab.connected(7001)).isTrue();
    assertThat(before()).doesNotExist();
  }

  @Test
  void itsTrafficGoesOnWhenItsInterfaceWasPluggedInAgain() throws IOException {
    beginAgain(false);
    lab.replugLan();
    await().atMost(PATIENCE).until(() -> lab.connected(7001));
    await().atMost(PATIENCE).until(() -> state().equals("degraded"));
  }

  /** As an update that was interrupted leaves it. */
  @Test
  void whatNoGraphHasGoesWhenItIsMended() throws IOException {
    node.close();
    EndPoint.Kind.HostStack stack =
        new EndPoint.Kind.HostStack(
            Addressing.DHCP, Optional.empty(), Optional.empty(), Optional.empty());
    SwitchDriverProvider provider = SwitchDriverProvider.installed().getFirst();
    try (SwitchDriver driver = provider.open(lab.options().name()).orThrow()) {
      driver.createPort(LsiId.BASE, new Attachment.HostStack("g1/stray", stack)).orThrow();
    }
    assertThat(lab.traces()).anyMatch(trace -> trace.contains("g1/stray"));
    beginAgain(false);
    assertThat(put(lab.chain("wire", "wire"))).isEqualTo(202);
    assertThat(lab.traces()).noneMatch(trace -> trace.contains("g1/stray"));
  }

  @Test
  void anotherGraphsChangesDoNotTakeItsInterface() throws IOException {
    beginAgain(false);
    String other = lab.graph(lab.lan.cable(), lab.wan.cable(), List.of());
    assertThat(lab.call(node.port(), "PUT", "/NF-FG/g2", other).statusCode()).isEqualTo(409);
    assertThat(lab.connected(7001)).isTrue();
  }

  private void beginAgain(boolean ofAnotherLayout) throws IOException {
    node.close();
    lab.forgetSettings();
    if (ofAnotherLayout) {
      forgetLayout();
    }
    node = Node.start(lab.options());
    assertThat(state()).isEqualTo("degraded");
    assertThat(Files.exists(before())).isEqualTo(ofAnotherLayout);
  }

  /** As if the node had been of another version. */
  private void forgetLayout() throws IOException {
    Path pins = BpfFilesystem.ROOT.resolve("universal-node").resolve(lab.options().name());
    try (DirectoryStream<Path> layouts = Files.newDirectoryStream(pins, "layout-*")) {
      for (Path layout : layouts) {
        Files.delete(layout);
      }
    }
  }

  private Path before() {
    return BpfFilesystem.ROOT.resolve("universal-node-before").resolve(lab.options().name());
  }

  private int put(String graph) {
    return lab.call(node.port(), "PUT", "/NF-FG/g1", graph).statusCode();
  }

  private String state() {
    String status = lab.call(node.port(), "GET", "/NF-FG/status/g1", "").body();
    return JsonParser.parseString(status).getAsJsonObject().get("state").getAsString();
  }
}
