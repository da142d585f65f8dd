package org.universalnode.catalog.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.universalnode.catalog.file.SmallFile;

/**
 * One small file for each unpacked archive: what it held when it was unpacked, and, as the time of
 * the file's change, when it was used last.
 */
record CacheRecords(Path folder) {
  private static final String NAME = ".entries";
  private static final int FILE_BYTES = 256;

  /** How exactly the time of the last use is known after a restart. */
  private static final Duration EXACT = Duration.ofMinutes(1);

  static CacheRecords open(Path archives) throws IOException {
    Path folder = Files.createDirectories(archives.resolve(NAME));
    UnfinishedFolder.sweep(folder);
    return new CacheRecords(folder);
  }

  Optional<TreeContent> find(String digest) throws IOException {
    return SmallFile.read(folder.resolve(digest), FILE_BYTES)
        .map(bytes -> TreeContent.parse(new String(bytes, StandardCharsets.US_ASCII)));
  }

  /** Notes what an archive holds that is used now; returns when that is on the disk. */
  void save(String digest, TreeContent content, Instant now) throws IOException {
    Path file = folder.resolve(digest);
    SmallFile.write(file, content.text().getBytes(StandardCharsets.US_ASCII));
    Files.setLastModifiedTime(file, FileTime.from(now));
  }

  Instant used(String digest) throws IOException {
    return Files.getLastModifiedTime(folder.resolve(digest)).toInstant();
  }

  void touch(String digest, Instant before, Instant now) throws IOException {
    if (before.isBefore(now.minus(EXACT))) {
      Files.setLastModifiedTime(folder.resolve(digest), FileTime.from(now));
    }
  }

  void remove(String digest) throws IOException {
    Files.deleteIfExists(folder.resolve(digest));
  }

  /** Removes the records of archives that are no longer there. */
  void keep(Set<String> digests) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path one : all) {
        if (!digests.contains(one.getFileName().toString())) {
          Files.delete(one);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
