package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.FunctionVersion;
import org.universalnode.catalog.archive.ArchiveRequest;
import org.universalnode.catalog.archive.ArchiveStore;
import org.universalnode.catalog.trust.UnsignedPolicy;
import org.universalnode.node.deploy.Images;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.problem.ProblemException;

/** Images are large, and have room of their own. */
class ImageRoomTest {
  private static final int MEBI = 1 << 20;

  @TempDir Path folder;

  @Test
  void anImageThatIsLargerThanTheRoomForArchivesIsTaken() throws IOException {
    Images images = open(1, 4);
    Path unpacked = images.files().unpack(image(3 * MEBI));
    assertThat(ArchiveStore.fileIn(unpacked)).hasSize(3 * MEBI);
  }

  @Test
  void oneForWhichThereIsNoRoomIsRefusedAlsoIfThereIsRoomForArchives() throws IOException {
    Images images = open(8, 2);
    ArchiveRequest request = image(3 * MEBI);
    assertThatThrownBy(() -> images.files().unpack(request)).isInstanceOf(ProblemException.class);
  }

  @Test
  void noRoomAtAllIsNoSetting() {
    assertThatThrownBy(() -> open(1, 0)).hasMessageContaining("0 MiB is no room for images");
  }

  private Images open(int archives, int images) {
    NodeOptions options =
        new NodeOptions(
            "n1",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            folder.resolve("state"),
            folder,
            Set.of(),
            "auto",
            RunningPolicy.AS_ASKED,
            new ArchiveOptions(folder, UnsignedPolicy.ANY, archives, images));
    return ArchiveOptions.open(options, Set::of);
  }

  private ArchiveRequest image(int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("disk.img"), content);
    return new ArchiveRequest("vm", FunctionVersion.NONE, file.toUri(), Optional.empty());
  }
}
