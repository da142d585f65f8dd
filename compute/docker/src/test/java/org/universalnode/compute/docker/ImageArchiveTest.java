package org.universalnode.compute.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

class ImageArchiveTest {
  private static final String DIGEST = "ab".repeat(32);
  private static final int BLOCK = 512;

  @TempDir Path folder;

  @Test
  void theImageIsThatOfTheManifestWhereverItIs() throws IOException {
    String manifest = "[{\"Config\":\"" + DIGEST + ".json\",\"Layers\":[]}]";
    byte[] tar = tar(entry("layer", new byte[700]), entry("manifest.json", bytes(manifest)));
    assertThat(image(tar)).isEqualTo("sha256:" + DIGEST);
    String oci = "[{\"Config\":\"blobs/sha256/" + DIGEST + "\"}]";
    assertThat(image(tar(entry("manifest.json", bytes(oci))))).isEqualTo("sha256:" + DIGEST);
    Path compressed = folder.resolve("compressed");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      out.write(tar);
    }
    assertThat(new ImageArchive(compressed).image()).isEqualTo("sha256:" + DIGEST);
  }

  @Test
  void severalImagesOrNoneAreRefused() throws IOException {
    String one = "{\"Config\":\"" + DIGEST + ".json\"}";
    expectRefused(tar(entry("manifest.json", bytes("[" + one + "," + one + "]"))));
    expectRefused(tar(entry("manifest.json", bytes("[]"))));
    expectRefused(tar(entry("manifest.json", bytes("[{\"Config\":\"../../etc/passwd\"}]"))));
    expectRefused(tar(entry("else", bytes("{}"))));
    expectRefused(new byte[0]);
    expectRefused(bytes("x".repeat(5000)));
  }

  @Test
  void whateverIsInTheFileNothingElseHappens() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] good = tar(entry("a", new byte[10]), entry("manifest.json", bytes("[]")));
    for (int i = 0; i < 500; i++) {
      byte[] bad = good.clone();
      for (int j = 0; j < 1 + random.nextInt(20); j++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      expectRefused(bad);
    }
  }

  private void expectRefused(byte[] content) {
    assertThatThrownBy(() -> image(content))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.first().code()).isEqualTo(Problem.Code.INVALID_DOCUMENT));
  }

  private String image(byte[] content) throws IOException {
    return new ImageArchive(Files.write(folder.resolve("file"), content)).image();
  }

  private static byte[] tar(byte[]... entries) {
    ByteBuffer tar = ByteBuffer.allocate(64 * BLOCK);
    for (byte[] entry : entries) {
      tar.put(entry);
    }
    return tar.array();
  }

  private static byte[] entry(String name, byte[] content) {
    int blocks = 1 + (content.length + BLOCK - 1) / BLOCK;
    ByteBuffer entry = ByteBuffer.allocate(blocks * BLOCK);
    entry.put(bytes(name)).position(124).put(bytes("%011o".formatted(content.length)));
    entry.position(BLOCK).put(content);
    return entry.array();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
