package org.universalnode.catalog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.catalog.trust.UnsignedPolicy;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class RemoteArchiveTest {
  private static final byte[] ARCHIVE = Workshop.archive("#!/bin/sh\n");

  @TempDir Path temp;
  private Workshop workshop;
  private Site site;

  @BeforeEach
  void open() throws IOException {
    workshop = new Workshop(temp);
    site = Site.plain();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void pinnedContentIsFetchedOnceAndThenTheNetworkIsLeftAlone() {
    ArchiveRequest request = Stores.pinned(site.put("/f.tgz", ARCHIVE), Workshop.sha256(ARCHIVE));
    Path first = workshop.store(UnsignedPolicy.ANY).unpack(request);
    assertThat(first.resolve("start")).hasContent("#!/bin/sh\n");
    assertThat(site.asked()).containsExactly("200 /f.tgz", "404 /f.tgz.sig");
    site.close();
    assertThat(workshop.store(UnsignedPolicy.ANY).unpack(request)).isEqualTo(first);
    assertThat(site.asked()).hasSize(2);
  }

  @Test
  void signedContentIsAskedForAgainButNotSentAgain() {
    URI uri = site.put("/f.tgz?a=b", ARCHIVE);
    site.put("/f.tgz.sig?a=b", workshop.signature("friend", "1.0", ARCHIVE));
    ArchiveStore store = workshop.store(UnsignedPolicy.NONE);
    Path first = store.unpack(Workshop.request("1.0", uri));
    assertThat(store.unpack(Workshop.request("1.0", uri))).isEqualTo(first);
    assertThat(site.asked())
        .containsExactly(
            "200 /f.tgz?a=b", "200 /f.tgz.sig?a=b", "304 /f.tgz?a=b", "200 /f.tgz.sig?a=b");
  }

  @Test
  void changedContentIsFetchedAnew() {
    ArchiveStore store = workshop.store(UnsignedPolicy.NONE);
    Path first = store.unpack(Workshop.request("1", signed("1", ARCHIVE)));
    byte[] newer = Workshop.archive("#!/bin/sh\necho\n");
    Path second = store.unpack(Workshop.request("2", signed("2", newer)));
    assertThat(second).isNotEqualTo(first).hasFileName(Workshop.sha256(newer));
  }

  @Test
  void whatTheServerGaveBeforeServesWhileItIsAway() {
    URI uri = signed("1", ARCHIVE);
    Path first = workshop.store(UnsignedPolicy.NONE).unpack(Workshop.request("1", uri));
    site.close();
    ArchiveStore restarted = workshop.store(UnsignedPolicy.NONE);
    assertThat(restarted.unpack(Workshop.request("1", uri))).isEqualTo(first);
    Problem problem = refusal(restarted, Workshop.request("1", site.uri("/other.tgz")));
    assertThat(problem.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(problem.detail()).contains("can't be fetched");
  }

  @Test
  void aSignatureThatIsTakenAwayIsMissed() {
    URI uri = signed("1", ARCHIVE);
    ArchiveStore store = workshop.store(UnsignedPolicy.NONE);
    store.unpack(Workshop.request("1", uri));
    site.remove("/f.tgz.sig");
    assertThat(refusal(store, Workshop.request("1", uri)).detail()).contains("it is not signed");
  }

  @Test
  void pinnedContentMayBeSignedAnew() {
    URI uri = signed("1", ARCHIVE);
    ArchiveStore store = workshop.store(UnsignedPolicy.NONE);
    String digest = Workshop.sha256(ARCHIVE);
    Path first = store.unpack(pinned("1", uri, digest));
    signed("2", ARCHIVE);
    assertThat(store.unpack(pinned("1", uri, digest))).isEqualTo(first);
    assertThat(store.unpack(pinned("2", uri, digest))).isEqualTo(first);
    assertThat(site.asked()).filteredOn(line -> line.endsWith(".tgz")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void whoDeniesTheSignatureIsSaidToDenyThatAndNotTheArchive(int status) {
    URI uri = signed("1", ARCHIVE);
    site.answer("/f.tgz.sig", status, 1);
    ArchiveStore store = workshop.store(UnsignedPolicy.NONE);
    Problem problem = refusal(store, Workshop.request("1", uri));
    assertThat(problem.code()).isEqualTo(Code.FORBIDDEN);
    assertThat(problem.detail()).contains("its signature " + uri + ".sig: ", "status " + status);
    assertThat(problem.nextStep())
        .contains("give " + uri + ".sig to this node", "answer 404 if there is none");
    assertThat(store.unpack(Workshop.request("1", uri))).isDirectory();
    site.answer("/f.tgz", status, 1);
    assertThat(refusal(store, Workshop.request("1", uri)).nextStep())
        .isEqualTo("let the server give " + uri + " to this node without a password");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 503})
  void aServerThatIsBusyIsAskedAgainWhenItSaysSo(int status) {
    URI uri = signed("1", ARCHIVE);
    site.answer("/f.tgz", status, 2, "Retry-After", "0");
    assertThat(workshop.store(UnsignedPolicy.NONE).unpack(Workshop.request("1", uri)))
        .isDirectory();
    assertThat(site.asked())
        .containsExactly(status + " /f.tgz", status + " /f.tgz", "200 /f.tgz", "200 /f.tgz.sig");
  }

  @Test
  void aServerThatStaysBusyIsLeftAloneAndWhatItGaveBeforeIsUsed() {
    URI uri = signed("1", ARCHIVE);
    ArchiveStore store = workshop.store(UnsignedPolicy.NONE);
    Path first = store.unpack(Workshop.request("1", uri));
    site.answer("/f.tgz", 429, 100, "Retry-After", "0");
    assertThat(store.unpack(Workshop.request("1", uri))).isEqualTo(first);
    assertThat(site.asked()).filteredOn(line -> line.startsWith("429")).hasSize(3);
    site.answer("/other.tgz", 429, 100, "Retry-After", "3600");
    Problem problem = refusal(store, Workshop.request("1", site.uri("/other.tgz")));
    assertThat(problem.detail()).contains("status 429");
    assertThat(problem.nextStep()).contains("try again in 3600 s");
    assertThat(site.asked()).filteredOn(line -> line.endsWith("/other.tgz")).hasSize(1);
  }

  @Test
  void thatNoOtherSignatureCanBeHadIsSaidWithWhyItIsNeeded() {
    URI uri = signed("1", ARCHIVE);
    ArchiveStore store = workshop.store(UnsignedPolicy.NONE);
    String digest = Workshop.sha256(ARCHIVE);
    store.unpack(pinned("1", uri, digest));
    site.answer("/f.tgz.sig", 403, 1);
    Problem denied = refusal(store, pinned("2", uri, digest));
    assertThat(denied.detail()).contains("for the version 1, and this is 2", ".sig: ", "403");
    site.close();
    Problem away = refusal(store, pinned("2", uri, digest));
    assertThat(away.detail()).contains("for the version 1, and this is 2", "can't be fetched");
    assertThat(away.nextStep()).contains("get the signature that belongs", "the server answers");
  }

  @Test
  void withoutTlsADigestOrASignatureIsNeeded() throws IOException {
    URI uri = site.put("/f.tgz", ARCHIVE);
    Problem problem = refusal(workshop.store(UnsignedPolicy.ANY), Stores.request(uri));
    assertThat(problem.code()).isEqualTo(Code.FORBIDDEN);
    assertThat(problem.detail()).contains("it came without TLS");
    assertThat(workshop.unpacked()).isEmpty();
  }

  @Test
  void tlsWithAKnownCertificateIsEnoughForOperatorsWhoTakeUnsignedArchives() throws Exception {
    SSLContext context = Certificates.selfSigned(temp);
    workshop.withTls();
    try (Site secure = Site.secure(context)) {
      ArchiveRequest request = Stores.request(secure.put("/f.tgz", ARCHIVE));
      Problem unknown = refusal(workshop.store(UnsignedPolicy.ANY), request);
      assertThat(unknown.code()).isEqualTo(Code.FORBIDDEN);
      assertThat(unknown.detail()).contains("the server can't be trusted");
      workshop.trusting(context);
      assertThat(workshop.store(UnsignedPolicy.ANY).unpack(request)).isDirectory();
      assertThat(refusal(workshop.store(UnsignedPolicy.LOCAL), request).detail())
          .contains("it is not signed");
    }
  }

  @Test
  void redirectsLeadToTlsButNotAwayFromIt() throws Exception {
    SSLContext context = Certificates.selfSigned(temp);
    workshop.withTls();
    workshop.trusting(context);
    try (Site secure = Site.secure(context)) {
      URI target = secure.put("/f.tgz", ARCHIVE);
      site.put("/f.tgz", ARCHIVE);
      URI up = site.redirect("/up", target.toString());
      URI down = secure.redirect("/down", site.uri("/f.tgz").toString());
      ArchiveStore store = workshop.store(UnsignedPolicy.ANY);
      assertThat(store.unpack(Stores.pinned(up, Workshop.sha256(ARCHIVE)))).isDirectory();
      assertThat(refusal(store, Stores.request(down)).detail()).contains("away from TLS");
      assertThat(refusal(store, Stores.request(up)).detail()).contains("it came without TLS");
    }
  }

  private URI signed(String version, byte[] archive) {
    site.put("/f.tgz.sig", workshop.signature("friend", version, archive));
    return site.put("/f.tgz", archive);
  }

  private static ArchiveRequest pinned(String version, URI uri, String digest) {
    return new ArchiveRequest(
        "nat",
        new org.universalnode.catalog.FunctionVersion(version),
        uri,
        java.util.Optional.of(digest));
  }

  private static Problem refusal(ArchiveStore store, ArchiveRequest request) {
    return catchThrowableOfType(ProblemException.class, () -> store.unpack(request)).first();
  }
}
