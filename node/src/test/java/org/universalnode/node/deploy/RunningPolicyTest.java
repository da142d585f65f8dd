package org.universalnode.node.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.TemplateReader;
import org.universalnode.compute.Containment;
import org.universalnode.nffg.Isolation;
import org.universalnode.node.deploy.RunningPolicy.Demand;
import org.universalnode.problem.ProblemException;

class RunningPolicyTest {
  private static final String IMAGE = "/archives/0123456789abcdef";
  private static final String OTHER = "/archives/fedcba9876543210";

  @Test
  void theStricterOfTemplateAndOperatorIsDone() {
    FunctionTemplate jailed = template("\"isolation\":\"jail\"");
    assertThat(rung(jailed)).isEqualTo(Isolation.JAIL);
    assertThat(rung(jailed, "network")).isEqualTo(Isolation.JAIL);
    assertThat(rung(jailed, "user")).isEqualTo(Isolation.USER);
    assertThat(rung(jailed, "g*=user", "network")).isEqualTo(Isolation.USER);
    assertThat(rung(jailed, "h*=user", "gg=user")).isEqualTo(Isolation.JAIL);
    assertThat(rung(template("\"multitenancy\":false"), "g=jail")).isEqualTo(Isolation.JAIL);
  }

  @Test
  void aGroupOfUsersCanBeIsolatedMore() {
    FunctionTemplate jailed = template("\"isolation\":\"jail\"");
    RunningPolicy policy = new RunningPolicy(demands("group:blue=user"), Set.of());
    assertThat(policy.with(_ -> "blue").containment("g", jailed).isolation())
        .isEqualTo(Isolation.USER);
    assertThat(policy.with(_ -> "red").containment("g", jailed).isolation())
        .isEqualTo(Isolation.JAIL);
    assertThat(policy.containment("g", jailed).isolation()).isEqualTo(Isolation.JAIL);
  }

  @Test
  void whatATemplateDoesNotSayHasLimits() {
    Containment containment =
        RunningPolicy.AS_ASKED.containment("g", template("\"processes\":7,\"cpu-percent\":50"));
    assertThat(containment.isolation()).isEqualTo(Isolation.NETWORK);
    assertThat(containment.memoryBytes()).isEqualTo(256L << 20);
    assertThat(containment.processes()).isEqualTo(7);
    assertThat(containment.cpuPercent()).hasValue(50);
  }

  @Test
  void theFilesAndDevicesThatItNeedsAreWhatItSees() {
    FunctionTemplate template = template(needs("/dev/net/tun", "device"));
    assertThat(RunningPolicy.AS_ASKED.containment("g", template).devices())
        .containsExactly(Path.of("/dev/net/tun"));
    for (String path : List.of("dev/net/tun", "/dev/../etc/shadow")) {
      assertThatThrownBy(
              () -> RunningPolicy.AS_ASKED.containment("g", template(needs(path, "device"))))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("no absolute path");
    }
  }

  @Test
  void oneInstanceServesAllGraphsIfTheOperatorWantsItOrThereCanBeButOne() {
    FunctionTemplate nat = template("\"multitenancy\":true");
    FunctionTemplate single = template("\"multitenancy\":true,\"single-instance\":true");
    assertThat(RunningPolicy.AS_ASKED.shared("g", nat, IMAGE)).isEmpty();
    assertThat(sharing().shared("g", nat, IMAGE)).contains("nat-01234567-network");
    assertThat(sharing().shared("h", nat, OTHER)).contains("nat-fedcba98-network");
    assertThat(sharing().shared("g", template("\"multitenancy\":false"), IMAGE)).isEmpty();
    assertThat(RunningPolicy.AS_ASKED.shared("g", single, IMAGE)).contains("nat-01234567-network");
  }

  @Test
  void whoHasToBeIsolatedMoreThanOthersSharesNothing() {
    FunctionTemplate nat = template("\"multitenancy\":true");
    assertThat(sharing("g=user").shared("g", nat, IMAGE)).isEmpty();
    assertThat(sharing("g=user").shared("h", nat, IMAGE)).isPresent();
    assertThat(sharing("user").shared("g", nat, IMAGE)).isPresent();
    FunctionTemplate single = template("\"multitenancy\":true,\"single-instance\":true");
    assertThatThrownBy(() -> sharing("g=user").shared("g", single, IMAGE))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("can run once");
  }

  @Test
  void aRungThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> Demand.parse("g=cellar"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("cellar");
  }

  private static Isolation rung(FunctionTemplate template, String... demands) {
    return new RunningPolicy(demands(demands), Set.of()).containment("g", template).isolation();
  }

  private static RunningPolicy sharing(String... demands) {
    return new RunningPolicy(demands(demands), Set.of("nat"));
  }

  private static List<Demand> demands(String... texts) {
    return List.of(texts).stream().map(Demand::parse).toList();
  }

  private static String needs(String name, String type) {
    return "\"dependencies\":{\"capability\":[{\"name\":\"%s\",\"type\":\"%s\"}]}"
        .formatted(name, type);
  }

  private static FunctionTemplate template(String keys) {
    String text =
        """
        {"name":"nat","functional-capability":"nat","vnf-type":"native",
         "uri-image-type":"local-file","uri-image":"nat.tgz",%s}"""
            .formatted(keys);
    return TemplateReader.read(text, Path.of("/functions/nat"));
  }
}
