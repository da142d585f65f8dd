package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionCommandTest {
  @TempDir Path folder;
  private String key;
  private String archive;

  @BeforeEach
  void open() throws IOException {
    key = folder.resolve("alice").toString();
    archive = Files.writeString(folder.resolve("nat.tgz"), "archive").toString();
  }

  @Test
  void aKeyIsMadeOnceAndReadableByItsOwnerAlone() throws IOException {
    Ran ran = un("function", "keygen", "--out", key);
    assertThat(ran.status()).isEqualTo(CommandTree.DONE);
    assertThat(ran.out())
        .matches("publisher: [0-9a-f]{64}\nprivate key: \\S+alice\npublic key: \\S+alice.pub\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(key))))
        .isEqualTo("rw-------");
    assertThat(Path.of(key)).content().startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(Path.of(key + ".pub")).content().startsWith("-----BEGIN PUBLIC KEY-----\n");
    Ran again = un("function", "keygen", "--out", key);
    assertThat(again.status()).isEqualTo(CommandTree.FAILED);
    assertThat(again.err()).contains("is there already, and no key is overwritten", "  next: ");
  }

  @Test
  void whatIsSignedIsVerified() throws IOException {
    Files.writeString(
        folder.resolve("template.json"),
        Documents.TEMPLATE.replaceFirst("\\{", "{\"version\":\"1.2\","));
    keygen();
    Ran signed = un("function", "sign", "--key", key, archive);
    assertThat(signed.err()).isEmpty();
    assertThat(signed.out()).contains("version: 1.2\n", "signature: " + archive + ".sig\n");
    Ran verified = un("function", "verify", "--publishers", folder.toString(), archive);
    assertThat(verified.err()).isEmpty();
    assertThat(verified.status()).isEqualTo(CommandTree.DONE);
    assertThat(verified.out()).startsWith("signature: ok\nsigned by: alice\nfunction: ");
    assertThat(un("function", "verify", "--json", "--publishers", folder.toString(), archive).out())
        .contains("\"name-of-publisher\": \"alice\"", "\"version\": \"1.2\"");
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    keygen();
    assertThat(verify().err()).startsWith("un: it is not signed: there is no ");
    un("function", "sign", "--key", key, "--name", "nat", "--version", "3", archive);
    assertThat(verify().status()).isEqualTo(CommandTree.DONE);
    Files.writeString(Path.of(archive), "another");
    assertThat(verify().err()).startsWith("un: its signature is for the archive ");
    Files.writeString(Path.of(archive + ".sig"), "nonsense");
    assertThat(verify().err()).startsWith("un: its signature is not written as ");
    assertThat(verify().status()).isEqualTo(CommandTree.FAILED);
    un("function", "sign", "--key", key, "--name", "nat", archive);
    Files.delete(Path.of(key + ".pub"));
    assertThat(verify().err())
        .startsWith("un: its signature is of a publisher that is not trusted");
  }

  @Test
  void aSignatureWithoutAVersionIsMadeWithAWarning() {
    keygen();
    for (String version : new String[] {"0", "0.0"}) {
      Ran ran = sign("--version", version);
      assertThat(ran.status()).isEqualTo(CommandTree.DONE);
      assertThat(ran.err()).startsWith("un: warning: the version is 0, ").contains("  next: ");
      assertThat(ran.out()).contains("version: " + version + "\n");
    }
    assertThat(sign("--json").err()).startsWith("un: warning: the version is 0, ");
    assertThat(sign("--version", "0.0.1").err()).isEmpty();
  }

  @Test
  void theTemplateCountsWhenItIsVerified() throws IOException {
    keygen();
    un("function", "sign", "--key", key, "--name", "another", archive);
    Files.writeString(folder.resolve("template.json"), Documents.TEMPLATE);
    assertThat(verify().err()).startsWith("un: its signature is for the function another, and ");
    un("function", "sign", "--key", key, archive);
    assertThat(verify().status()).isEqualTo(CommandTree.DONE);
    Files.writeString(
        folder.resolve("template.json"),
        Documents.TEMPLATE.replaceFirst("\\{", "{\"image-sha256\":\"" + "0".repeat(64) + "\","));
    assertThat(verify().err()).contains("and its template wants 0000");
  }

  @Test
  void argumentsThatMakeNoSenseAreWrongUsage() {
    assertThat(un("function").status()).isEqualTo(CommandTree.USAGE);
    assertThat(un("function").err()).contains("function needs one of: keygen, sign, verify");
    assertThat(un("function", "sign", archive).err())
        .contains("Missing required option: '--key=FILE'", "next: see: un function sign --help");
    keygen();
    Ran unnamed = un("function", "sign", "--key", key, archive);
    assertThat(unnamed.status()).isEqualTo(CommandTree.USAGE);
    assertThat(unnamed.err()).contains("say --name");
    assertThat(un("function", "verify").status()).isEqualTo(CommandTree.USAGE);
    assertThat(un("function", "sign", "--key", key, "--name", "n", folder + "/none").status())
        .isEqualTo(CommandTree.FAILED);
  }

  @Test
  void helpIsTheSameForTheCommandAndTheOption() {
    assertThat(un("help", "function", "sign")).isEqualTo(un("function", "sign", "--help"));
    assertThat(un("help", "function").out()).contains("keygen", "sign", "verify");
    assertThat(un("help", "function", "fly").err()).startsWith("un: no such command: fly\n");
  }

  private void keygen() {
    assertThat(un("function", "keygen", "--out", key).status()).isEqualTo(CommandTree.DONE);
  }

  private Ran sign(String... more) {
    String[] words = {"function", "sign", "--key", key, "--name", "nat", archive};
    return un(Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new));
  }

  private Ran verify() {
    return un("function", "verify", "--publishers", folder.toString(), archive);
  }

  private static Ran un(String... arguments) {
    return Ran.un(Map.of(), "", false, arguments);
  }
}
