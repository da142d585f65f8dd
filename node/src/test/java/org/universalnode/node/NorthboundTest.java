package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.upstream.Receiver;
import org.universalnode.node.upstream.UpstreamOptions;

/** What a running node tells those above it. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class NorthboundTest {
  private static final String READY = "\"type\":\"filter\",\"name\":\"filter\",\"ready\":";

  @TempDir Path folder;
  private Lab lab;
  private Receiver receiver;
  private Path tool;
  private Node node;

  @BeforeEach
  void aNodeWithAnUpstream() throws IOException {
    lab = new Lab(folder);
    receiver = new Receiver();
    tool = folder.resolve("tools").resolve("tool");
    Files.createDirectory(tool.getParent());
    install();
    lab.needy("a-filter", "filter", tool.toString());
    UpstreamOptions upstream =
        new UpstreamOptions(
            UpstreamOptions.WEBHOOK,
            receiver.address(),
            UpstreamOptions.USUAL_TOPIC,
            Optional.empty(),
            Optional.empty());
    node =
        Node.start(
            lab.options()
                .with(new NorthboundOptions("7", "box", "", List.of(), List.of(upstream))));
  }

  @AfterEach
  void nothingIsLeft() {
    node.close();
    receiver.close();
    assertThat(lab.traces()).isEmpty();
    lab.close();
  }

  @Test
  void aToolThatGoesAndComesBackIsPushed() throws Exception {
    receiver.next(text -> text.contains(READY + "true"));
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      long begin = System.nanoTime();
      Files.delete(tool);
      long pushed = receiver.next(text -> text.contains(READY + "false")).nanos();
      millis.add((pushed - begin) / 1_000_000);
      install();
      receiver.next(text -> text.contains(READY + "true"));
    }
    Collections.sort(millis);
    System.out.println("unplugged to pushed, 20 times, in ms: " + millis);
  }

  @Test
  void anInterfaceThatIsSwitchedOffIsPushed() throws Exception {
    receiver.next(text -> text.contains("\"enabled\":true"));
    Process ip = new ProcessBuilder("ip", "link", "set", lab.lan.cable(), "down").start();
    assertThat(ip.waitFor()).isZero();
    receiver.next(text -> text.contains("\"enabled\":false"));
  }

  @Test
  void theDescriptionAndWhetherAFunctionCanRunAreToldToWhoAsks() throws IOException {
    JsonObject description =
        JsonParser.parseString(call("/domain-description").body())
            .getAsJsonObject()
            .getAsJsonObject("netgroup-domain:informations");
    assertThat(description.get("id").getAsString()).isEqualTo("7");
    assertThat(description.get("name").getAsString()).isEqualTo("box");
    assertThat(description.get("management-address").getAsString())
        .isEqualTo("127.0.0.1:" + node.port());
    HttpResponse<String> filter = call("/vnf/filter");
    assertThat(filter.statusCode()).isEqualTo(200);
    assertThat(filter.body())
        .contains("\"a-filter\"", "\"memory-megabytes\": 32", "\"image-bytes\":");
    Files.delete(tool);
    HttpResponse<String> unready = call("/vnf/filter");
    assertThat(unready.statusCode()).isEqualTo(404);
    assertThat(unready.body()).contains("there is no executable");
    assertThat(call("/vnf/no-such-function").statusCode()).isEqualTo(404);
    assertThat(call("/capabilities").body()).contains("\"huge-pages\"", "\"used-vlans\"");
  }

  private void install() throws IOException {
    Path fresh = Files.writeString(folder.resolve("fresh"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(fresh, tool);
  }

  private HttpResponse<String> call(String path) {
    return lab.call(node.port(), "GET", path, "");
  }
}
