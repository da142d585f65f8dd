package org.universalnode.catalog.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.universalnode.catalog.FunctionVersion;
import org.universalnode.catalog.file.Custody;
import org.universalnode.problem.ProblemException;

/**
 * Decides whether a node takes an archive. A signature that was verified is not verified again
 * while it, what it is for, and the publishers stay the same. Safe for many threads.
 */
public final class Trust {
  private static final int REMEMBERED = 1_024;

  private final TrustFolders folders;
  private final UnsignedPolicy unsigned;
  private final AcceptedVersions versions;
  private final Set<Verified> verified = ConcurrentHashMap.newKeySet();
  private volatile Optional<Known> known = Optional.empty();

  private record Verified(SignatureText signature, String publishers) {}

  private record Known(Publishers publishers, String appearance) {}

  /** What is to be run as a function. */
  public record Subject(String function, FunctionVersion version, String sha256, Source source) {}

  public Trust(TrustFolders folders, UnsignedPolicy unsigned) {
    this.folders = folders;
    this.unsigned = unsigned;
    this.versions = new AcceptedVersions(folders.accepted());
  }

  /** Whether an archive without a signature can be taken from another machine. */
  public boolean takesUnsignedFromAfar() {
    return unsigned == UnsignedPolicy.ANY;
  }

  /**
   * Whether the node takes it.
   *
   * @param signature the content of its .sig, if there is one
   * @return what the publisher says; empty for an unsigned archive that is taken
   * @throws ProblemException with FORBIDDEN if not, INVALID_DOCUMENT or LIMIT if the signature is
   *     none
   */
  public Optional<Statement> check(Subject subject, Optional<byte[]> signature) {
    if (signature.isEmpty()) {
      checkUnsigned(subject);
      return Optional.empty();
    }
    SignatureText text = SignatureText.parse(signature.get());
    verify(text);
    requireSame(text.statement(), subject);
    versions.check(text.statement());
    return Optional.of(text.statement());
  }

  /** From now on no older version is taken; returns when that is on the disk. */
  public void accept(Statement statement) {
    versions.remember(statement);
  }

  /**
   * Checks that a signature is for this content, under this name and version.
   *
   * @throws ProblemException with FORBIDDEN if it is for another
   */
  public static void requireSame(Statement statement, Subject subject) {
    requireSame("the archive", statement.sha256(), subject.sha256());
    requireSame("the function", statement.function(), subject.function());
    requireSame("the version", statement.version().text(), subject.version().text());
  }

  private static void requireSame(String what, String signed, String present) {
    if (!signed.equals(present)) {
      throw TrustProblem.forbidden(
          "its signature is for %s %s, and this is %s".formatted(what, signed, present),
          "get the signature that belongs to the archive; name and version of the template count");
    }
  }

  private void verify(SignatureText text) {
    try {
      String appearance = Publishers.appearance(folders.publishers());
      Verified fact = new Verified(text, appearance);
      if (!verified.contains(fact)) {
        publishers(appearance).signer(text);
        if (verified.size() >= REMEMBERED) {
          verified.clear();
        }
        verified.add(fact);
      }
    } catch (IOException e) {
      throw TrustProblem.file("read " + folders.publishers(), e);
    }
  }

  private Publishers publishers(String appearance) throws IOException {
    Optional<Known> before = known.filter(one -> one.appearance().equals(appearance));
    if (before.isPresent()) {
      return before.get().publishers();
    }
    requireCustody();
    Publishers read = Publishers.read(folders.publishers());
    known = Optional.of(new Known(read, appearance));
    return read;
  }

  private void requireCustody() throws IOException {
    for (Path file : Publishers.files(folders.publishers())) {
      Custody.breach(file.toRealPath())
          .ifPresent(
              reason -> {
                throw TrustProblem.forbidden(
                    "the folder of publishers can't be trusted: " + reason,
                    "let only root and the node's user write there: chown and chmod go-w");
              });
    }
  }

  private void checkUnsigned(Subject subject) {
    switch (unsigned) {
      case ANY -> requireAuthentic(subject.source());
      case NONE -> throw refused("it is not signed");
      case LOCAL ->
          breach(subject.source())
              .ifPresent(
                  reason -> {
                    throw refused("it is not signed, and " + reason);
                  });
    }
  }

  private static void requireAuthentic(Source source) {
    if (source instanceof Source.Remote(boolean authentic) && !authentic) {
      throw TrustProblem.forbidden(
          "it came without TLS, and neither a signature nor image-sha256 says what it has to be",
          "fetch it by https:, have it signed, or name its SHA-256 in the template");
    }
  }

  private Optional<String> breach(Source source) {
    return switch (source) {
      case Source.Remote _ -> Optional.of("it is not in the node's folder of functions");
      case Source.Local(Path file) -> breach(file);
    };
  }

  private Optional<String> breach(Path file) {
    try {
      Path functions = folders.functions();
      Path real = file.toRealPath();
      Path expected = functions.toRealPath().resolve(functions.relativize(file).normalize());
      if (!file.startsWith(functions) || !expected.equals(real)) {
        return Optional.of("it is not in the node's folder of functions, " + functions);
      }
      return Custody.breach(real);
    } catch (IOException e) {
      throw TrustProblem.file("look at " + file, e);
    }
  }

  private static ProblemException refused(String detail) {
    return TrustProblem.forbidden(
        detail,
        "have it signed by a trusted publisher (un function sign), or see --unsigned of un serve");
  }
}
