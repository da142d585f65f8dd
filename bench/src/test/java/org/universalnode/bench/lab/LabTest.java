package org.universalnode.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.problem.ProblemException;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class LabTest {
  @Test
  void closingItRemovesWhatItMade() {
    Made made = new Made();
    try (Lab lab = Lab.open(Path.of("."))) {
      made.of(lab);
      assertThat(made.exists()).isTrue();
      assertThat(ProcessHandle.of(made.pid)).isPresent();
    }
    assertThat(made.exists()).isFalse();
    assertThat(ProcessHandle.of(made.pid)).isEmpty();
  }

  @Test
  void anInterruptEndsAMeasurementAndRemovesWhatItMade() {
    Made made = new Made();
    assertThatThrownBy(
            () -> {
              try (Lab lab = Lab.open(Path.of("."))) {
                made.of(lab);
                Thread.currentThread().interrupt();
                lab.programs().run(Optional.empty(), "true");
              }
            })
        .isInstanceOf(CancellationException.class)
        .hasNoSuppressedExceptions();
    assertThat(made.exists()).isFalse();
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aProgramThatFailsIsAProblemThatSaysWhatItPrinted() {
    try (Lab lab = Lab.open(Path.of("."))) {
      assertThatThrownBy(() -> lab.programs().run(Optional.empty(), "ip", "nonsense"))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("ip nonsense ended with status")
          .hasMessageContaining("Object \"nonsense\" is unknown");
      assertThatThrownBy(() -> lab.programs().run(Optional.empty(), "no-such-program"))
          .hasMessageContaining("run scripts/install-packages");
    }
  }

  @Test
  void aNodeThatIsNotBuiltIsAProblem() {
    try (Lab lab = Lab.open(Path.of("."))) {
      assertThatThrownBy(() -> lab.node(lab.plugged())).hasMessageContaining("run scripts/build");
    }
  }

  /** Some of everything that a lab makes. */
  private static final class Made {
    private String namespace = "";
    private String cable = "";
    private Path folder = Path.of("");
    private int pid;

    void of(Lab lab) {
      lab.direct();
      lab.bridged();
      Plugged plugged = lab.plugged();
      namespace = plugged.ends().from().namespace().name();
      cable = plugged.lan();
      folder = lab.folder();
      pid = lab.programs().start(Optional.empty(), "sleep", "600").pid();
    }

    boolean exists() {
      String prefix = namespace.substring(0, namespace.indexOf('-') + 1);
      List<String> namespaces = NetworkNamespace.names(prefix);
      try (RouteSocket route = RouteSocket.open()) {
        return !namespaces.isEmpty() || route.link(cable).isPresent() || Files.exists(folder);
      }
    }
  }
}
