package org.universalnode.catalog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.problem.ProblemException;

/** Damaged tars are unpacked or refused, never anything else, and never outside their folder. */
class MutatedArchiveTest {
  private static final int MUTANTS = 800;

  @TempDir Path temp;

  @Test
  void aDamagedTarIsUnpackedOrRefused() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] whole = sample();
    Path tgz = temp.resolve("f.tgz");
    ArchiveStore store = Stores.open(temp.resolve("store"), ArchiveLimits.DEFAULT);
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      Files.write(tgz, TestArchive.gzip(mutate(whole, random)));
      refused += isRefused(store, tgz.toUri(), seed) ? 1 : 0;
    }
    assertThat(refused).as("seed %d", seed).isBetween(1, MUTANTS - 1);
    assertThat(temp.toFile().list()).containsExactlyInAnyOrder("store", "f.tgz");
    assertThat(temp.resolve("store")).isDirectoryNotContaining("glob:**/.unfinished-*");
  }

  private static byte[] sample() throws IOException {
    return TestArchive.withStart()
        .paxNames()
        .folder("lib/")
        .file("lib/" + "n".repeat(150), "data")
        .file("stop", new byte[600], 0755)
        .tar();
  }

  /** One to three bytes changed, mostly in the headers that are in use. */
  private static byte[] mutate(byte[] whole, Random random) {
    byte[] mutant = whole.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
    }
    return mutant;
  }

  @SuppressWarnings("CatchFail") // the seed has to be told
  private static boolean isRefused(ArchiveStore store, URI uri, long seed) {
    try {
      store.unpack(Stores.request(uri));
      return false;
    } catch (ProblemException e) {
      return true;
    } catch (RuntimeException e) {
      return fail("seed " + seed, e);
    }
  }
}
