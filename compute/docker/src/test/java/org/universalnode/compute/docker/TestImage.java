package org.universalnode.compute.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.universalnode.compute.ImageSource;

/** The image that tests run, built from what is installed on this machine. */
final class TestImage {
  private TestImage() {}

  /** Builds it and gives it to the engine; returns its ID. */
  static String install(Engine engine) {
    try {
      Path archive = Files.createTempFile("un-image", ".tar");
      try {
        build(Path.of("src/test/image"), archive);
        return new Images(engine, Patience.DEFAULT).install(new ImageSource.File(archive));
      } finally {
        Files.delete(archive);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void build(Path folder, Path archive) {
    try {
      Process process =
          new ProcessBuilder("../../scripts/build-container", folder.toString(), archive.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
