package org.universalnode.catalog.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * An archive in the file system and the signs by which a change of it shows.
 *
 * @param identity the inode and the time of its last change, which nobody can set
 */
record ArchiveFile(Path path, long bytes, FileTime modified, String identity) {

  /** The archive that a {@code file:} address names. */
  static ArchiveFile find(URI uri, ArchiveLimits limits) throws IOException {
    Path path = path(uri);
    BasicFileAttributes attributes = attributes(path);
    if (!attributes.isRegularFile()) {
      throw Problem.of(Code.INVALID_DOCUMENT, "is not a regular file").asException();
    }
    if (attributes.size() > limits.archiveBytes()) {
      throw Refusal.tooMuch(
          "has " + attributes.size() + " bytes", limits.archiveBytes() + " bytes");
    }
    return of(path);
  }

  static ArchiveFile of(Path path) throws IOException {
    BasicFileAttributes attributes = attributes(path);
    String identity = attributes.fileKey() + " " + Files.getAttribute(path, "unix:ctime");
    return new ArchiveFile(path, attributes.size(), attributes.lastModifiedTime(), identity);
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw Problem.of(Code.NOT_FOUND, "there is no such file")
          .next("put it there, or mend uri-image in the function's template")
          .asException();
    }
  }

  private static Path path(URI uri) {
    try {
      return Path.of(uri).normalize();
    } catch (IllegalArgumentException e) {
      throw Problem.of(Code.INVALID_DOCUMENT, "is not the address of a file: " + e.getMessage())
          .next("write it as file:///absolute/path")
          .asException();
    }
  }
}
