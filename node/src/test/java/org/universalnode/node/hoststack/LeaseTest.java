package org.universalnode.node.hoststack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final String WRITTEN =
      """
      address=198.18.0.5/24
      router=198.18.0.1 198.18.0.2
      dns=198.18.0.1 9.9.9.9
      server=198.18.0.1
      seconds=120
      since=1000
      """;

  @Test
  void whatTheScriptWroteIsRead() {
    Lease lease = Lease.read(WRITTEN, Duration.ofSeconds(1030)).orElseThrow();
    assertThat(lease.address()).hasToString("198.18.0.5/24");
    assertThat(lease.router().orElseThrow()).hasToString("198.18.0.1");
    assertThat(lease.nameServers()).hasToString("[198.18.0.1, 9.9.9.9]");
    assertThat(lease.server().orElseThrow()).hasToString("198.18.0.1");
    assertThat(lease.left()).contains(Duration.ofSeconds(90));
  }

  @Test
  void aLeaseThatIsOverIsNone() {
    assertThat(Lease.read(WRITTEN, Duration.ofSeconds(1119))).isPresent();
    assertThat(Lease.read(WRITTEN, Duration.ofSeconds(1120))).isEmpty();
  }

  @Test
  void aLeaseFromBeforeTheMachineWasStartedIsNone() {
    assertThat(Lease.read(WRITTEN, Duration.ofSeconds(999))).isEmpty();
  }

  @Test
  void whatNobodyWroteIsNoLease() {
    Duration now = Duration.ofSeconds(1030);
    assertThat(Lease.read("", now)).isEmpty();
    assertThat(Lease.read("address=198.18.0.5/24\n", now)).isEmpty();
    assertThat(Lease.read(WRITTEN.replace("198.18.0.5/24", "198.18.0.5"), now)).isEmpty();
    assertThat(Lease.read(WRITTEN.replace("=120", "=soon"), now)).isEmpty();
    assertThat(Lease.read(WRITTEN.replace("=120", "=9223372036854775807"), now)).isEmpty();
    assertThat(Lease.read(WRITTEN.replace("=120", "=99999999999999999999"), now)).isEmpty();
    assertThat(Lease.read(WRITTEN.replace("=120", "=4294967296"), now)).isEmpty();
    assertThat(Lease.read(WRITTEN.replace("=120", "=-1"), now)).isEmpty();
    assertThat(Lease.read(WRITTEN.replace("=1000", "=-9223372036854775808"), now)).isEmpty();
    assertThat(Lease.read(WRITTEN.replace("5/24", "5/99999999999"), now)).isEmpty();
    assertThat(Lease.read("\0\n=\n\n", now)).isEmpty();
  }

  @Test
  void whatCouldNotBeSetIsRead() {
    assertThat(Lease.problem(WRITTEN)).isEmpty();
    assertThat(Lease.problem(WRITTEN + "problem=\n")).isEmpty();
    assertThat(Lease.problem(WRITTEN + "problem=no route\n")).contains("no route");
  }

  @Test
  void aServerMayNameNobodyElse() {
    Lease lease =
        Lease.read(
                "address=198.18.0.5/32\nrouter=\ndns=\nserver=\nseconds=4294967295\nsince=0\n",
                Duration.ofDays(400))
            .orElseThrow();
    assertThat(lease.router()).isEmpty();
    assertThat(lease.nameServers()).isEmpty();
    assertThat(lease.server()).isEmpty();
    assertThat(lease.left()).isEmpty();
  }
}
