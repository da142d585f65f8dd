package org.universalnode.node.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.capability.CapabilityWatch;
import org.universalnode.node.capability.CapabilityWatch.Pace;

/** What a machine tells of its changes, in a folder that plays the machine. */
class CapabilityWatchTest {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  @TempDir Path folder;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private Machine machine;
  private CapabilityWatch watch;

  @BeforeEach
  void aWatchedMachine() throws InterruptedException {
    machine = Machine.in(folder);
    Domain domain = new Domain("1", "un", "127.0.0.1:8080", List.of());
    watch =
        new CapabilityWatch(
            machine.capabilities(),
            machine.templates(),
            snapshot -> told.add(DomainDescription.of(domain, snapshot).toString()),
            new Pace(Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofHours(1)));
    await(text -> text.contains("\"number\":4"));
  }

  @AfterEach
  void end() {
    watch.close();
  }

  @Test
  void aProgramThatGoesAndComesBackIsNoticed() throws InterruptedException {
    machine.remove("/usr/sbin/nft");
    await(text -> text.contains("\"ready\":false"));
    machine.program("/usr/sbin/nft");
    await(text -> text.contains("\"ready\":true"));
  }

  @Test
  void aProgramInAFolderThatWasNotThereIsNoticed() throws InterruptedException {
    machine.remove("/usr/sbin/nft");
    await(text -> text.contains("\"ready\":false"));
    machine.template("other", "/opt/tools/bin/other");
    await(text -> text.contains("\"type\":\"other\",\"name\":\"other\",\"ready\":false"));
    machine.program("/opt/tools/bin/other");
    await(text -> text.contains("\"type\":\"other\",\"name\":\"other\",\"ready\":true"));
  }

  @Test
  void aCoreThatIsTakenAwayIsNoticed() throws InterruptedException {
    machine.file(Machine.ONLINE, "0-2\n");
    await(text -> text.contains("\"number\":3"));
  }

  @Test
  void memoryThatFillsIsNoticedAndNoiseIsNot() throws InterruptedException {
    machine.memory(490);
    watch.soon();
    await(text -> text.contains("\"free\":500"));
    machine.memory(200);
    await(text -> text.contains("\"free\":200"));
  }

  @Test
  void templatesThatComeAndGoAreNoticed() throws InterruptedException {
    machine.template("firewall", "nft");
    await(text -> text.contains("\"type\":\"firewall\""));
    machine.remove("/templates/firewall/template.json");
    await(text -> !text.contains("\"type\":\"firewall\""));
  }

  private void await(Predicate<String> wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    String last = "nothing";
    while (true) {
      String next = told.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(next).as("after: %s", last).isNotNull();
      if (wanted.test(next)) {
        return;
      }
      last = next;
    }
  }
}
