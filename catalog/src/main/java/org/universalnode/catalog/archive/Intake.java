package org.universalnode.catalog.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.universalnode.catalog.trust.Source;
import org.universalnode.catalog.trust.Statement;
import org.universalnode.catalog.trust.Trust;

/**
 * The door of the store: content comes in if it is what its template names and somebody trusted
 * stands for it.
 */
record Intake(Trust trust, Unpacked unpacked) {

  /** The folder of a content, made of the file if need be. */
  interface Unpacked {
    Path folder(String sha256, Optional<ArchiveFile> file) throws IOException;
  }

  /**
   * Content that wants in.
   *
   * @param signature of its .sig, if there is one
   * @param file its bytes, if they are not unpacked yet
   */
  record Content(
      String sha256, Source source, Optional<byte[]> signature, Optional<ArchiveFile> file) {}

  Path take(ArchiveRequest request, Content content) throws IOException {
    request
        .sha256()
        .filter(wanted -> !wanted.equals(content.sha256()))
        .ifPresent(
            wanted -> {
              throw Refusal.otherDigest(content.sha256(), wanted);
            });
    Optional<Statement> statement =
        trust.check(
            new Trust.Subject(
                request.function(), request.version(), content.sha256(), content.source()),
            content.signature());
    Path folder = unpacked.folder(content.sha256(), content.file());
    statement.ifPresent(trust::accept);
    return folder;
  }
}
