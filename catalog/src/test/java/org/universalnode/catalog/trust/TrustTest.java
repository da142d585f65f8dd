package org.universalnode.catalog.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.FunctionVersion;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class TrustTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);
  private static final String FAR = "it is not in the node's folder of functions";

  @TempDir Path temp;
  private Path archive;

  @BeforeEach
  void open() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("functions/nat"));
    archive = Files.writeString(folder.resolve("nat.tgz"), "x");
    Files.createDirectory(temp.resolve("publishers"));
  }

  @Test
  void anUnsignedArchiveOfTheOperatorIsTaken() {
    assertThatCode(() -> check(UnsignedPolicy.LOCAL, archive)).doesNotThrowAnyException();
    assertThat(refusal(UnsignedPolicy.NONE, archive).detail()).isEqualTo("it is not signed");
  }

  @Test
  void whatOthersMayHaveChangedIsRefused() throws IOException {
    for (Path path : new Path[] {archive, archive.getParent(), temp.resolve("functions"), temp}) {
      String before = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
      mode(path, "rwxrwxr-x");
      Problem problem = refusal(UnsignedPolicy.LOCAL, archive);
      assertThat(problem.code()).isEqualTo(Code.FORBIDDEN);
      assertThat(problem.detail()).contains("it is not signed, and others may write to " + path);
      assertThatCode(() -> check(UnsignedPolicy.ANY, archive)).doesNotThrowAnyException();
      mode(path, before);
    }
    assertThatCode(() -> check(UnsignedPolicy.LOCAL, archive)).doesNotThrowAnyException();
  }

  @Test
  void filesElsewhereAndLinksToThemAreRefused() throws IOException {
    Path elsewhere = Files.writeString(temp.resolve("other.tgz"), "x");
    Path link = Files.createSymbolicLink(archive.resolveSibling("link.tgz"), elsewhere);
    Path inside = Files.createSymbolicLink(archive.resolveSibling("inside.tgz"), archive);
    Path sibling = Files.createDirectory(temp.resolve("functions2")).resolve("x.tgz");
    Files.writeString(sibling, "x");
    assertThat(refusal(UnsignedPolicy.LOCAL, elsewhere).detail()).contains(FAR);
    assertThat(refusal(UnsignedPolicy.LOCAL, link).detail()).contains(FAR);
    assertThat(refusal(UnsignedPolicy.LOCAL, inside).detail()).contains(FAR);
    assertThat(refusal(UnsignedPolicy.LOCAL, sibling).detail()).contains(FAR);
  }

  @Test
  void aPublisherWhoseKeyIsRemovedIsNoLongerTrusted() throws IOException {
    byte[] signature = signature("friend", "1");
    Path open = Files.copy(temp.resolve("friend.pub"), temp.resolve("publishers/a friend.pub"));
    Trust trust = trust(UnsignedPolicy.NONE);
    Optional<byte[]> signed = Optional.of(signature);
    assertThat(trust.check(subject("1"), signed).orElseThrow().function()).isEqualTo("nat");
    assertThat(trust.check(subject("1"), signed)).isPresent();
    Files.delete(open);
    Problem problem = refusal(() -> trust.check(subject("1"), signed));
    assertThat(problem.detail()).contains("a publisher that is not trusted");
  }

  @Test
  void publishersThatOthersMayChangeAreNotTrusted() throws IOException {
    byte[] signature = signature("friend", "1");
    Path open = Files.copy(temp.resolve("friend.pub"), temp.resolve("publishers/friend.pub"));
    mode(open, "rw-rw-rw-");
    Problem problem =
        refusal(() -> trust(UnsignedPolicy.NONE).check(subject("1"), Optional.of(signature)));
    assertThat(problem.detail()).contains("can't be trusted: others may write to " + open);
  }

  @Test
  void aBrokenKeyHidesNoOtherAndIsTold() throws IOException {
    byte[] signature = signature("friend", "1");
    Files.writeString(temp.resolve("publishers/broken.pub"), "no key");
    Optional<byte[]> signed = Optional.of(signature);
    Problem problem = refusal(() -> trust(UnsignedPolicy.NONE).check(subject("1"), signed));
    assertThat(problem.nextStep()).contains("broken.pub holds no public key");
    Files.copy(temp.resolve("friend.pub"), temp.resolve("publishers/friend.pub"));
    assertThat(trust(UnsignedPolicy.NONE).check(subject("1"), signed)).isPresent();
  }

  @Test
  void versionsAreComparedAsNumbers() {
    assertThat(version("1.9").isOlderThan(version("1.10"))).isTrue();
    assertThat(version("2").isNewerThan(version("1.99.99.99"))).isTrue();
    assertThat(version("1.0").isOlderThan(version("1"))).isFalse();
    assertThat(version("1").isOlderThan(version("1.0"))).isFalse();
    for (String wrong : new String[] {"", "v1", "1.", "01", "1.2.3.4.5", "1234567890", "1 "}) {
      assertThat(refusal(() -> version(wrong)).code()).isEqualTo(Code.INVALID_DOCUMENT);
    }
  }

  @Test
  void theFileIsWhatTheDocumentationSays() {
    String text = new String(signature("friend", "1.2"), java.nio.charset.StandardCharsets.UTF_8);
    String publisher = PublisherKey.read(temp.resolve("friend.pub")).id();
    assertThat(text)
        .startsWith(
            "universal-node-signature 1\npublisher %s\nfunction nat\nversion 1.2\nsha256 %s\ned25519 "
                .formatted(publisher, DIGEST))
        .endsWith("==\n")
        .hasLineCount(6);
  }

  @Test
  void keysAreReadableByTheirOwnerAloneAndNeverOverwritten() throws IOException {
    Path key = temp.resolve("mine");
    PublisherKey made = KeyFiles.create(key);
    assertThat(PublisherKey.read(temp.resolve("mine.pub"))).isEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(refusal(() -> KeyFiles.create(key)).code()).isEqualTo(Code.CONFLICT);
    Files.delete(temp.resolve("mine.pub"));
    assertThat(refusal(() -> KeyFiles.create(key)).code()).isEqualTo(Code.CONFLICT);
    KeyFiles.create(temp.resolve("other"));
    Files.copy(temp.resolve("other.pub"), temp.resolve("mine.pub"));
    assertThat(refusal(() -> SigningKey.read(key)).detail()).contains("not two halves of one key");
  }

  private byte[] signature(String name, String version) {
    Path key = temp.resolve(name);
    if (!Files.exists(key)) {
      KeyFiles.create(key);
    }
    SigningKey signing = SigningKey.read(key);
    Statement statement = new Statement(signing.publisher().id(), "nat", version(version), DIGEST);
    return signing.sign(statement).bytes();
  }

  private Optional<Statement> check(UnsignedPolicy policy, Path file) {
    Trust.Subject subject =
        new Trust.Subject("nat", FunctionVersion.NONE, DIGEST, new Source.Local(file));
    return trust(policy).check(subject, Optional.empty());
  }

  private Problem refusal(UnsignedPolicy policy, Path file) {
    return refusal(() -> check(policy, file));
  }

  private static Problem refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(ProblemException.class, call).first();
  }

  private Trust trust(UnsignedPolicy policy) {
    return new Trust(
        new TrustFolders(
            temp.resolve("functions"), temp.resolve("publishers"), temp.resolve("accepted")),
        policy);
  }

  private Trust.Subject subject(String version) {
    return new Trust.Subject("nat", version(version), DIGEST, new Source.Local(archive));
  }

  private static FunctionVersion version(String text) {
    return new FunctionVersion(text);
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
