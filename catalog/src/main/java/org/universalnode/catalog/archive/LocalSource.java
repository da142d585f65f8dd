package org.universalnode.catalog.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.universalnode.catalog.archive.Intake.Content;
import org.universalnode.catalog.trust.SignatureText;
import org.universalnode.catalog.trust.Source;

/** Archives that are files of this machine, with their signatures beside them. */
final class LocalSource {
  private final Intake intake;
  private final ArchiveLimits limits;
  private final Digests digests = new Digests();

  LocalSource(Intake intake, ArchiveLimits limits) {
    this.intake = intake;
    this.limits = limits;
  }

  Path take(ArchiveRequest request) throws IOException {
    ArchiveFile file = ArchiveFile.find(request.uri(), limits);
    Optional<byte[]> signature = SignatureText.read(SignatureText.fileOf(file.path()));
    Source source = new Source.Local(file.path());
    return intake.take(
        request, new Content(digests.of(file), source, signature, Optional.of(file)));
  }
}
