package org.universalnode.catalog.capability;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The machine's files, as seen from {@code root}. What does not exist is empty; what exists and
 * can't be read is an {@link UncheckedIOException}, so that nobody takes it for absent.
 */
record FileTree(Path root) {
  /** No text of the kernel or of a package database is larger. */
  private static final int LARGEST = 64 << 20;

  private static final int MOST_ENTRIES = 100_000;

  /** How a change of a file or a folder shows. */
  record Stamp(long modified, long bytes) {
    static final Stamp NONE = new Stamp(0, -1);
  }

  Path at(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  boolean exists(String absolute) {
    return Files.exists(at(absolute));
  }

  boolean isExecutable(String absolute) {
    Path path = at(absolute);
    return Files.isExecutable(path) && Files.isRegularFile(path);
  }

  Stamp stamp(String absolute) {
    try {
      BasicFileAttributes is = Files.readAttributes(at(absolute), BasicFileAttributes.class);
      return new Stamp(is.lastModifiedTime().toMillis(), is.size());
    } catch (IOException e) {
      return Stamp.NONE;
    }
  }

  Optional<byte[]> bytes(String absolute) {
    try (InputStream in = Files.newInputStream(at(absolute))) {
      return Optional.of(limited(in, absolute));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<String> text(String absolute) {
    return bytes(absolute).map(FileTree::text);
  }

  /** Without the line break at its end; empty text if there is no such file. */
  String line(String absolute) {
    return text(absolute).map(String::strip).orElse("");
  }

  /** Names in a folder, sorted; none if it does not exist. */
  List<String> names(String absolute) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(at(absolute))) {
      for (Path entry : entries) {
        if (names.size() == MOST_ENTRIES) {
          throw new IOException(absolute + " has more than " + MOST_ENTRIES + " entries");
        }
        names.add(entry.getFileName().toString());
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw new UncheckedIOException(e.getCause());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    names.sort(null);
    return List.copyOf(names);
  }

  /** All of a stream, which must not be endless. */
  static byte[] limited(InputStream in, String what) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new IOException(what + " has more than " + LARGEST + " bytes");
    }
    return bytes;
  }

  /** Bytes that are no UTF-8 become other characters: they are in descriptions at most. */
  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
