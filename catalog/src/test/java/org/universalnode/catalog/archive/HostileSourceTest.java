package org.universalnode.catalog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.universalnode.catalog.trust.SignatureText;
import org.universalnode.catalog.trust.UnsignedPolicy;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Servers that misbehave, and signatures that are not what they seem: all refused, nothing left.
 */
class HostileSourceTest {
  /** Who is asked again need not wait. */
  private static final String BROKEN = "HTTP/1.1 503 No\r\nRetry-After: 0";

  private static final byte[] ARCHIVE = Workshop.archive("#!/bin/sh\n");
  private static final byte[] OTHER = Workshop.archive("#!/bin/sh\nrm -rf /\n");

  @TempDir Path temp;
  private Workshop workshop;

  @BeforeEach
  void open() {
    workshop = new Workshop(temp);
  }

  /** A server of raw bytes and what the node says of it. */
  record Server(String name, RawServer.Answer answer, Code code, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Server> servers() {
    byte[] cut = Arrays.copyOf(ARCHIVE, ARCHIVE.length / 2);
    return Stream.of(
        new Server("trickle", RawServer.trickle(), Code.TIMEOUT, "did not come in time"),
        new Server("trickling headers", RawServer.tricklingHeaders(), Code.TIMEOUT, "in time"),
        new Server("silence", RawServer.silent(), Code.TIMEOUT, "did not come in time"),
        new Server("endless body", RawServer.endless(), Code.LIMIT, "more than 4194304 bytes"),
        new Server(
            "announced too long", RawServer.body(1L << 40, cut), Code.LIMIT, "1099511627776 bytes"),
        new Server(
            "connection cut", RawServer.body(ARCHIVE.length, cut), Code.NOT_FOUND, "can't be"),
        new Server(
            "length too short",
            RawServer.body(cut.length, ARCHIVE),
            Code.INVALID_DOCUMENT,
            "its signature is not written"),
        new Server("no HTTP", RawServer.line("SSH-2.0-x"), Code.NOT_FOUND, "can't be fetched"),
        new Server("not here", RawServer.line("HTTP/1.1 404 No"), Code.NOT_FOUND, "no such file"),
        new Server("broken", RawServer.line(BROKEN), Code.NOT_FOUND, "status 503"),
        new Server("strange", RawServer.line("HTTP/1.1 204 No"), Code.NOT_FOUND, "status 204"),
        new Server("unchanged unasked", RawServer.line("HTTP/1.1 304 No"), Code.NOT_FOUND, "304"),
        new Server("redirect to itself", redirect("/f.tgz"), Code.LIMIT, "redirected more than 3"),
        new Server("redirect to a file", redirect("file:///etc/passwd"), Code.FORBIDDEN, "HTTP"),
        new Server("redirect to nowhere", redirect(""), Code.FORBIDDEN, "no address of HTTP"),
        new Server("redirect to nonsense", redirect("http://[:"), Code.FORBIDDEN, "no address"));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aServerThatMisbehavesIsRefusedAndLeavesNothing(Server server) throws IOException {
    Instant begin = Instant.now();
    try (RawServer running = RawServer.sending(server.answer())) {
      refused(Workshop.request("1", running.uri()), server.code(), server.reason());
    }
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
  }

  /** What is wrong with a signed archive, and what the node says. */
  record Forgery(String name, Consumer<HostileSourceTest> make, Code code, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Forgery> forgeries() {
    return Stream.of(
        new Forgery("unsigned", t -> t.put(ARCHIVE, null), Code.FORBIDDEN, "it is not signed"),
        new Forgery(
            "foreign key",
            t -> t.put(ARCHIVE, t.sign("stranger", "1", ARCHIVE)),
            Code.FORBIDDEN,
            "a publisher that is not trusted"),
        new Forgery(
            "signature of another archive",
            t -> t.put(OTHER, t.sign("friend", "1", ARCHIVE)),
            Code.FORBIDDEN,
            "its signature is for the archive"),
        new Forgery(
            "another version than the template's",
            t -> t.put(ARCHIVE, t.sign("friend", "2", ARCHIVE)),
            Code.FORBIDDEN,
            "its signature is for the version 2, and this is 1"),
        new Forgery(
            "flipped bit in the signature",
            t -> t.put(ARCHIVE, changed(t.sign("friend", "1", ARCHIVE), "ed25519 ")),
            Code.FORBIDDEN,
            "is not one of the publisher friend"),
        new Forgery(
            "changed statement",
            t -> t.put(OTHER, t.resigned(OTHER)),
            Code.FORBIDDEN,
            "is not one of the publisher friend"),
        new Forgery(
            "huge signature",
            t -> t.put(ARCHIVE, new byte[1 << 20]),
            Code.LIMIT,
            "more than 1024 bytes"),
        new Forgery(
            "empty signature",
            t -> t.put(ARCHIVE, new byte[0]),
            Code.INVALID_DOCUMENT,
            "not written as"),
        new Forgery(
            "something behind the signature",
            t -> t.put(ARCHIVE, longer(t.sign("friend", "1", ARCHIVE))),
            Code.INVALID_DOCUMENT,
            "not written as"));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void aForgeryIsRefusedUnderEveryPolicyButTheOneThatTakesUnsignedOnes(Forgery forgery)
      throws IOException {
    forgery.make().accept(this);
    URI uri = temp.resolve("elsewhere.tgz").toUri();
    refused(Workshop.request("1", uri), forgery.code(), forgery.reason());
    ArchiveStore careless = workshop.store(UnsignedPolicy.ANY);
    if (forgery.name().equals("unsigned")) {
      assertThat(careless.unpack(Workshop.request("1", uri))).isDirectory();
    } else {
      assertThat(refusal(careless, Workshop.request("1", uri)).code()).isEqualTo(forgery.code());
    }
  }

  @Test
  void anotherDigestThanTheTemplatesIsRefusedWithBoth() throws IOException {
    URI uri = workshop.local(OTHER).toUri();
    Problem problem =
        refusal(workshop.store(UnsignedPolicy.ANY), Stores.pinned(uri, Workshop.sha256(ARCHIVE)));
    assertThat(problem.code()).isEqualTo(Code.FORBIDDEN);
    assertThat(problem.detail()).contains(Workshop.sha256(OTHER), Workshop.sha256(ARCHIVE));
    assertThat(workshop.unpacked()).isEmpty();
  }

  @Test
  void anOlderVersionIsRefusedEvenAfterARestartUntilItsRecordIsDeleted() throws IOException {
    URI uri = temp.resolve("elsewhere.tgz").toUri();
    put(OTHER, sign("friend", "1.10", OTHER));
    workshop.store(UnsignedPolicy.NONE).unpack(Workshop.request("1.10", uri));
    put(ARCHIVE, sign("friend", "1.9", ARCHIVE));
    ArchiveStore restarted = workshop.store(UnsignedPolicy.NONE);
    Problem problem = refusal(restarted, Workshop.request("1.9", uri));
    assertThat(problem.code()).isEqualTo(Code.FORBIDDEN);
    assertThat(problem.detail()).contains("its version 1.9 is older than 1.10");
    Path record = Path.of(problem.nextStep().replaceFirst(".*delete ", ""));
    assertThat(record).content().contains("function nat\nversion 1.10\n");
    Files.delete(record);
    assertThat(restarted.unpack(Workshop.request("1.9", uri))).isDirectory();
    assertThat(record).content().contains("version 1.9\n");
  }

  @Test
  void aDamagedRecordOfVersionsIsNoWayBack() throws IOException {
    URI uri = temp.resolve("elsewhere.tgz").toUri();
    put(ARCHIVE, sign("friend", "1", ARCHIVE));
    ArchiveStore store = workshop.store(UnsignedPolicy.NONE);
    store.unpack(Workshop.request("1", uri));
    try (Stream<Path> records = Files.list(temp.resolve("accepted"))) {
      Files.writeString(records.findFirst().orElseThrow(), "version 0\n");
    }
    assertThat(refusal(store, Workshop.request("1", uri)).detail()).contains("is damaged");
  }

  private void refused(ArchiveRequest request, Code code, String reason) throws IOException {
    Problem problem = refusal(workshop.store(UnsignedPolicy.NONE), request);
    assertThat(problem.detail()).contains(reason);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.nextStep()).isNotEmpty();
    assertThat(workshop.unpacked()).isEmpty();
  }

  private void put(byte[] archive, byte @org.jspecify.annotations.Nullable [] signature) {
    try {
      Path file = Files.write(temp.resolve("elsewhere.tgz"), archive);
      if (signature != null) {
        Files.write(SignatureText.fileOf(file), signature);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private byte[] sign(String publisher, String version, byte[] archive) {
    return workshop.signature(publisher, version, archive);
  }

  /** The friend's signature of the honest archive, under a statement about another one. */
  private byte[] resigned(byte[] archive) {
    String text = new String(sign("friend", "1", ARCHIVE), java.nio.charset.StandardCharsets.UTF_8);
    return text.replace(Workshop.sha256(ARCHIVE), Workshop.sha256(archive))
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static byte[] changed(byte[] signature, String before) {
    String text = new String(signature, java.nio.charset.StandardCharsets.UTF_8);
    int at = text.indexOf(before) + before.length();
    byte[] changed = signature.clone();
    changed[at] = (byte) (changed[at] == 'A' ? 'B' : 'A');
    return changed;
  }

  private static byte[] longer(byte[] signature) {
    byte[] longer = Arrays.copyOf(signature, signature.length + 1);
    longer[signature.length] = '\n';
    return longer;
  }

  private static RawServer.Answer redirect(String location) {
    return RawServer.line("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location);
  }

  private static Problem refusal(ArchiveStore store, ArchiveRequest request) {
    return catchThrowableOfType(ProblemException.class, () -> store.unpack(request)).first();
  }
}
