package org.universalnode.compute.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.ImageSource;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** Images of a registry, with and without a digest. */
@ExtendWith(EngineExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("engine")
@EnabledIf(
    value = "org.universalnode.testbed.PrivateDocker#isInstalled",
    disabledReason = "needs root and dockerd: install Debian's docker.io")
class RegistryTest {
  private final Images images;
  private final Path folder;

  RegistryTest(EngineExtension.Shared shared, @TempDir Path folder) {
    this.images = new Images(shared.client(), DockerLab.PATIENCE);
    this.folder = folder;
  }

  @Test
  void aNameIsPulledOnce() throws Exception {
    String id = build("pulled once");
    try (PrivateRegistry registry = new PrivateRegistry(folder, id)) {
      ImageSource source = new ImageSource.Registry(registry.name() + ":1", Optional.empty());
      assertThat(images.install(source)).isEqualTo("sha256:" + id);
      int told = registry.manifestsTold();
      assertThat(images.install(source)).isEqualTo("sha256:" + id);
      assertThat(registry.manifestsTold()).isEqualTo(told);
    }
  }

  @Test
  void aDigestNamesTheManifestWhateverTheTagIs() throws Exception {
    String id = build("pinned");
    try (PrivateRegistry registry = new PrivateRegistry(folder, id)) {
      ImageSource pinned =
          new ImageSource.Registry(registry.name() + ":other", Optional.of(registry.digest()));
      assertThat(images.install(pinned)).isEqualTo("sha256:" + id);
      assertThat(images.install(pinned)).isEqualTo("sha256:" + id);
      assertThat(refused(registry, ":1", Optional.of("1".repeat(64))))
          .isEqualTo(Problem.Code.NOT_FOUND);
      assertThat(refused(registry, ":none", Optional.empty())).isEqualTo(Problem.Code.NOT_FOUND);
    }
  }

  private Problem.Code refused(PrivateRegistry registry, String tag, Optional<String> digest) {
    try {
      images.install(new ImageSource.Registry(registry.name() + tag, digest));
    } catch (ProblemException e) {
      return e.first().code();
    }
    throw new AssertionError("it was installed");
  }

  /** An image that no other test has; unpacked. */
  private String build(String mark) throws IOException, InterruptedException {
    Path source = Files.createDirectories(folder.resolve("source"));
    Files.writeString(source.resolve("programs"), "/usr/bin/busybox sh\n");
    Files.writeString(
        source.resolve("image.json"),
        "{\"Cmd\":[\"sh\"],\"Labels\":{\"mark\":\"" + mark + System.nanoTime() + "\"}}");
    Path archive = folder.resolve("image.tar");
    TestImage.build(source, archive);
    List<String> unpack = List.of("tar", "-xf", archive.toString(), "-C", folder.toString());
    assertThat(new ProcessBuilder(unpack).start().waitFor()).isZero();
    return new ImageArchive(archive).image().replace("sha256:", "");
  }
}
