package org.universalnode.switching.openvswitch.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.openvswitch.ovsdb.ControlSocket.Meanwhile;
import org.universalnode.testbed.PrivateOpenVswitch;

/** The control socket of an ovsdb-server, which needs no privilege. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlSocketTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Meanwhile NOTHING = new Meanwhile(Duration.ofMillis(10), () -> {});

  private final PrivateOpenVswitch ovs = PrivateOpenVswitch.databaseOnly();
  private final Path socket = ovs.folder().resolve("ovsdb.ctl");

  @AfterAll
  void close() {
    ovs.close();
  }

  @Test
  void commandsAreDoneOneAfterTheOther() {
    AtomicInteger meanwhile = new AtomicInteger();
    try (ControlSocket control = ControlSocket.connect(socket)) {
      control.await("version", PATIENCE, NOTHING);
      control.await(
          "list-commands",
          PATIENCE,
          new Meanwhile(Duration.ofMillis(10), meanwhile::incrementAndGet));
    }
    assertThat(meanwhile).hasPositiveValue();
  }

  @Test
  void whatTheDaemonDoesNotKnowIsRefused() {
    try (ControlSocket control = ControlSocket.connect(socket)) {
      assertThatThrownBy(() -> control.await("no/such", PATIENCE, NOTHING))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.first().code()).isEqualTo(Problem.Code.UNSUPPORTED))
          .hasMessageContaining("no/such");
    }
  }

  @Test
  void whereNobodyListensThereIsNoConnection() {
    Path nowhere = ovs.folder().resolve("nowhere.ctl");
    assertThatThrownBy(() -> ControlSocket.connect(nowhere))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.first().code()).isEqualTo(Problem.Code.KERNEL))
        .hasMessageContaining("nowhere.ctl");
  }
}
