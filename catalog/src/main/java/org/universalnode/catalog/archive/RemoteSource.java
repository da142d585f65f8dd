package org.universalnode.catalog.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.universalnode.catalog.archive.Intake.Content;
import org.universalnode.catalog.archive.RemoteArchives.Signed;
import org.universalnode.catalog.fetch.Fetched;
import org.universalnode.catalog.fetch.Validators;
import org.universalnode.catalog.trust.Source;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * Archives of other machines. Content that its template names by digest is fetched once; other
 * content is asked for each time, and taken as it was if it is unchanged or the server is away.
 */
record RemoteSource(Path folder, Intake intake, RemoteArchives servers, Remembered remembered) {
  private static final System.Logger LOG = System.getLogger(RemoteSource.class.getName());

  Path take(ArchiveRequest request) throws IOException {
    Optional<Origin> known = remembered.of(request.uri());
    if (request.sha256().isEmpty()) {
      return fetched(request, known);
    }
    String wanted = request.sha256().get();
    Optional<Origin> same = known.filter(origin -> origin.sha256().equals(wanted));
    return remembered.holds(wanted) ? pinned(request, same, wanted) : fetched(request, same);
  }

  /** The content is there; at most its signature has to be fetched. */
  private Path pinned(ArchiveRequest request, Optional<Origin> known, String sha256)
      throws IOException {
    Optional<byte[]> signature = known.flatMap(Origin::signatureBytes);
    if (known.isPresent() || intake.trust().takesUnsignedFromAfar()) {
      try {
        return intake.take(request, cached(sha256, true, signature));
      } catch (ProblemException refused) {
        return withOtherSignature(request, sha256, refused);
      }
    }
    return switch (servers.signature(request.uri())) {
      case Signed.Unreachable(Problem problem) -> throw problem.asException();
      case Signed.Asked(Optional<byte[]> asked) ->
          taken(request, Validators.NONE, false, cached(sha256, true, asked));
    };
  }

  /** The publisher may have signed anew since. Of two refusals neither gets lost. */
  private Path withOtherSignature(ArchiveRequest request, String sha256, ProblemException refused)
      throws IOException {
    Signed answer;
    try {
      answer = servers.signature(request.uri());
    } catch (ProblemException e) {
      throw both(refused, e.first(), e);
    }
    return switch (answer) {
      case Signed.Unreachable(Problem problem) ->
          throw both(refused, problem, problem.asException());
      case Signed.Asked(Optional<byte[]> asked) -> {
        try {
          yield taken(request, Validators.NONE, false, cached(sha256, true, asked));
        } catch (ProblemException e) {
          e.addSuppressed(refused);
          throw e;
        }
      }
    };
  }

  /** The stored signature does not do, and there is no way to another. */
  private static ProblemException both(
      ProblemException refused, Problem unasked, ProblemException cause) {
    Problem first = refused.first();
    Problem both =
        Problem.of(
                first.code(),
                first.detail() + "; and a newer one can't be had: " + unasked.detail())
            .next(first.nextStep() + "; or " + unasked.nextStep());
    ProblemException whole = new ProblemException(List.of(both), refused);
    whole.addSuppressed(cause);
    return whole;
  }

  private Path fetched(ArchiveRequest request, Optional<Origin> known) throws IOException {
    URI uri = request.uri();
    Validators validators = known.map(Origin::validators).orElse(Validators.NONE);
    try (Download download = Download.in(folder)) {
      return switch (servers.archive(uri, validators, download.out())) {
        case Fetched.Missing _ -> throw Refusal.missing();
        case Fetched.Unreachable(Problem problem) -> offline(request, known, problem);
        case Fetched.Unchanged _ -> unchanged(request, known.orElseThrow(Refusal::missing));
        case Fetched.Whole(Validators fresh, boolean secure) -> {
          String sha256 = download.digest();
          Optional<byte[]> signature =
              switch (servers.signature(uri)) {
                case Signed.Unreachable(Problem problem) -> throw problem.asException();
                case Signed.Asked(Optional<byte[]> asked) -> asked;
              };
          Source source = new Source.Remote(secure || request.sha256().isPresent());
          Content content = new Content(sha256, source, signature, Optional.of(download.archive()));
          yield taken(request, fresh, secure, content);
        }
      };
    }
  }

  private Path unchanged(ArchiveRequest request, Origin known) throws IOException {
    Optional<byte[]> signature =
        switch (servers.signature(request.uri())) {
          case Signed.Unreachable _ -> known.signatureBytes();
          case Signed.Asked(Optional<byte[]> asked) -> asked;
        };
    return taken(
        request,
        known.validators(),
        known.secure(),
        cached(known.sha256(), known.secure(), signature));
  }

  private Path offline(ArchiveRequest request, Optional<Origin> known, Problem problem)
      throws IOException {
    Origin last = known.orElseThrow(problem::asException);
    LOG.log(
        System.Logger.Level.WARNING,
        "{0}: {1}; what it gave before is used",
        request.uri(),
        problem.detail());
    return intake.take(request, cached(last.sha256(), last.secure(), last.signatureBytes()));
  }

  private Path taken(ArchiveRequest request, Validators validators, boolean secure, Content content)
      throws IOException {
    Path place = intake.take(request, content);
    String signature = Origin.signature(content.signature());
    remembered.save(new Origin(request.uri(), content.sha256(), validators, secure, signature));
    return place;
  }

  private static Content cached(String sha256, boolean secure, Optional<byte[]> signature) {
    return new Content(sha256, new Source.Remote(secure), signature, Optional.empty());
  }
}
