package org.universalnode.catalog.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import org.universalnode.catalog.file.SmallFile;

/** What each address gave when it was asked last: one file for each. */
record Origins(Path folder) {
  private static final String NAME = ".origins";

  static Origins open(Path archives) throws IOException {
    Path folder = Files.createDirectories(archives.resolve(NAME));
    UnfinishedFolder.sweep(folder);
    return new Origins(folder);
  }

  Optional<Origin> find(URI uri) throws IOException {
    return SmallFile.read(file(uri), Origin.FILE_BYTES)
        .flatMap(bytes -> Origin.parse(new String(bytes, StandardCharsets.UTF_8)))
        .filter(origin -> origin.uri().equals(uri));
  }

  void save(Origin origin) throws IOException {
    if (!find(origin.uri()).equals(Optional.of(origin))) {
      SmallFile.writeSoon(file(origin.uri()), origin.text().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Forgets the addresses of archives that are no longer there. */
  void keep(Predicate<String> digests) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path one : all) {
        Optional<Origin> origin =
            SmallFile.read(one, Origin.FILE_BYTES)
                .flatMap(bytes -> Origin.parse(new String(bytes, StandardCharsets.UTF_8)));
        if (origin.filter(known -> digests.test(known.sha256())).isEmpty()) {
          Files.deleteIfExists(one);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private Path file(URI uri) {
    byte[] name = uri.toString().getBytes(StandardCharsets.UTF_8);
    return folder.resolve(HexFormat.of().formatHex(Digests.sha256().digest(name)));
  }
}
