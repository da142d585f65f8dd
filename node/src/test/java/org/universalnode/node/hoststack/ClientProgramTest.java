package org.universalnode.node.hoststack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.nffg.Ipv4Address;
import org.universalnode.problem.Problem;

class ClientProgramTest {
  private static final StackInterface AT = new StackInterface("g/e", "uh0", 7);
  @TempDir Path folder;

  @Test
  void aMachineWithoutItsProgramsSaysWhichOnesToInstall() throws IOException {
    ClientProgram program = new ClientProgram(List.of(folder), folder.resolve("lease.sh"));
    assertThat(program.refusal().orElseThrow().nextStep()).contains("install udhcpc");
    assertThat(program.refusal().orElseThrow().code()).isEqualTo(Problem.Code.UNSUPPORTED);
    install("udhcpc");
    assertThat(program.refusal().orElseThrow().nextStep()).contains("install iproute2");
    install("ip");
    assertThat(program.refusal()).isEmpty();
    assertThat(folder.resolve("lease.sh")).isExecutable();
  }

  @Test
  void aFolderFromWhichNothingCanBeStartedIsSaid() throws Exception {
    assumeThat(System.getProperty("user.name")).as("mounting needs root").isEqualTo("root");
    install("udhcpc");
    install("ip");
    Path state = Files.createDirectory(folder.resolve("state"));
    assertThat(run("mount", "-t", "tmpfs", "-o", "noexec,size=1m", "none", state.toString()))
        .isZero();
    try {
      ClientProgram program = new ClientProgram(List.of(folder), state.resolve("lease.sh"));
      assertThat(program.refusal().orElseThrow().detail())
          .isEqualTo("no program can be started from " + state);
      assertThat(program.refusal().orElseThrow().nextStep()).contains("without noexec");
    } finally {
      assertThat(run("umount", state.toString())).isZero();
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  @Test
  void theClientReleasesAndAsksForTheAddressThatItHad() throws IOException {
    install("udhcpc");
    ClientProgram program = new ClientProgram(List.of(folder), folder.resolve("lease.sh"));
    assertThat(program.command(AT, Optional.empty()))
        .startsWith(folder.resolve("udhcpc").toString(), "-f", "-R", "-i", "uh0")
        .doesNotContain("-r");
    assertThat(program.command(AT, Optional.of(Ipv4Address.parse("198.18.0.5"))))
        .endsWith("-r", "198.18.0.5");
  }

  @Test
  void noTwoInterfacesHaveRoutesOfOneMetric() {
    ClientProgram program = new ClientProgram(List.of(folder), folder.resolve("lease.sh"));
    ClientFolder state = new ClientFolder(folder);
    StackInterface other = new StackInterface("g/f", "uh1", 8);
    assertThat(program.environment(AT, state)).containsEntry("UN_METRIC", "1000007");
    assertThat(program.environment(other, state)).containsEntry("UN_METRIC", "1000008");
  }

  private void install(String name) throws IOException {
    Path program = Files.createFile(folder.resolve(name));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
