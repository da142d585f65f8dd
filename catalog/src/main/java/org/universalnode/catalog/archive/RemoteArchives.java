package org.universalnode.catalog.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.universalnode.catalog.fetch.Fetched;
import org.universalnode.catalog.fetch.HttpSource;
import org.universalnode.catalog.fetch.Validators;
import org.universalnode.catalog.trust.SignatureText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** Archives and signatures of other machines; a few at a time, which bounds the disk they need. */
final class RemoteArchives {
  private static final int AT_ONCE = 4;

  private final Supplier<HttpSource> source;
  private final ArchiveLimits limits;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  /**
   * Fetches nothing yet.
   *
   * @param source asked each time; the first call loads the client for HTTP
   */
  RemoteArchives(Supplier<HttpSource> source, ArchiveLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  /** Asks for an archive, unless it is what the validators say. */
  Fetched archive(URI uri, Validators known, OutputStream target) throws IOException {
    return get(new HttpSource.Order(uri, known, target, limits.archiveBytes()));
  }

  /** What is known of the signature of an archive. */
  sealed interface Signed {
    /** The content of the .sig; empty if the server has none. */
    record Asked(Optional<byte[]> signature) implements Signed {}

    record Unreachable(Problem problem) implements Signed {}
  }

  /**
   * Asks for the signature of an archive.
   *
   * @throws ProblemException that names the signature's address, not the archive's, if it is denied
   */
  Signed signature(URI archive) throws IOException {
    URI uri = signatureOf(archive);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    HttpSource.Order order =
        new HttpSource.Order(uri, Validators.NONE, text, SignatureText.MOST_BYTES);
    try {
      return switch (get(order)) {
        case Fetched.Whole _ -> new Signed.Asked(Optional.of(text.toByteArray()));
        case Fetched.Missing _, Fetched.Unchanged _ -> new Signed.Asked(Optional.empty());
        case Fetched.Unreachable(Problem problem) -> new Signed.Unreachable(ofIt(uri, problem));
      };
    } catch (ProblemException e) {
      throw new ProblemException(e.problems().stream().map(p -> ofIt(uri, p)).toList(), e);
    }
  }

  private static Problem ofIt(URI signature, Problem problem) {
    String or = problem.code() == Code.FORBIDDEN ? ", or to answer 404 if there is none" : "";
    return problem.during("its signature " + signature).next(problem.nextStep() + or);
  }

  private Fetched get(HttpSource.Order order) throws IOException {
    if (!turns.tryAcquire()) {
      throw Problem.of(Code.LIMIT, AT_ONCE + " archives are being fetched already")
          .next("try again when one of them is there")
          .asException();
    }
    try {
      return source.get().get(order);
    } finally {
      turns.release();
    }
  }

  /** The same address with .sig after its path. */
  private static URI signatureOf(URI archive) {
    try {
      String query = archive.getRawQuery() == null ? "" : "?" + archive.getRawQuery();
      String path = archive.getRawPath() + SignatureText.SUFFIX;
      return new URI(archive.getScheme() + "://" + archive.getRawAuthority() + path + query);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(archive.toString(), e);
    }
  }
}
