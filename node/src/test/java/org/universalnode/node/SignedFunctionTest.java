package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.FunctionVersion;
import org.universalnode.catalog.archive.CacheRoom;
import org.universalnode.catalog.trust.KeyFiles;
import org.universalnode.catalog.trust.SignatureText;
import org.universalnode.catalog.trust.SigningKey;
import org.universalnode.catalog.trust.Statement;
import org.universalnode.catalog.trust.UnsignedPolicy;

class SignedFunctionTest {
  @TempDir Path folder;

  @BeforeEach
  void needsRoot() throws IOException {
    int user = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    assumeTrue(user == 0, "only root makes network namespaces");
  }

  @Test
  void aNodeThatWantsSignaturesTakesSignedFunctionsAlone() throws Exception {
    try (Lab lab = new Lab(folder);
        Node node = Node.start(strict(lab.options()))) {
      String graph = lab.island("wire");
      HttpResponse<String> refused = lab.call(node.port(), "PUT", "/NF-FG/g1", graph);
      assertThat(refused.statusCode()).isEqualTo(403);
      JsonObject problem = JsonParser.parseString(refused.body()).getAsJsonObject();
      assertThat(problem.get("pointer").getAsString())
          .isEqualTo("/forwarding-graph/VNFs/0/functional-capability");
      assertThat(problem.get("detail").getAsString()).endsWith("it is not signed");
      sign(folder.resolve("functions/wire/wire.tgz"));
      assertThat(lab.call(node.port(), "PUT", "/NF-FG/g1", graph).statusCode()).isEqualTo(201);
      assertThat(lab.call(node.port(), "DELETE", "/NF-FG/g1", "").statusCode()).isEqualTo(204);
    }
  }

  private NodeOptions strict(NodeOptions options) {
    return new NodeOptions(
        options.name(),
        options.listen(),
        options.state(),
        options.functions(),
        options.interfaces(),
        options.switchDriver(),
        options.running(),
        new ArchiveOptions(
            folder.resolve("publishers"), UnsignedPolicy.NONE, CacheRoom.DEFAULT_MEGABYTES));
  }

  private void sign(Path archive) throws Exception {
    KeyFiles.create(folder.resolve("friend"));
    Files.createDirectory(folder.resolve("publishers"));
    Files.copy(folder.resolve("friend.pub"), folder.resolve("publishers/friend.pub"));
    SigningKey key = SigningKey.read(folder.resolve("friend"));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive));
    String sha256 = HexFormat.of().formatHex(digest);
    key.sign(new Statement(key.publisher().id(), "wire", FunctionVersion.NONE, sha256))
        .write(SignatureText.fileOf(archive));
  }
}
