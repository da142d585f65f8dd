package org.universalnode.catalog.capability;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;

/**
 * What packages of the distribution's archive bring, by the indexes that apt has if apt-file or
 * command-not-found are installed: the commands of packages, and all of their files. These are up
 * to hundreds of megabytes, so that a look into them ends at a time, in {@link System#nanoTime()}.
 * One that can't be read is passed over: apt may be writing it.
 */
final class ArchiveIndex {
  private static final String FOLDER = "/var/lib/apt/lists";
  private static final String NAME = "name: ";
  private static final String COMMANDS = "commands: ";
  private static final System.Logger LOG = System.getLogger(ArchiveIndex.class.getName());

  private final FileTree tree;

  ArchiveIndex(FileTree tree) {
    this.tree = tree;
  }

  /** The package with a program of that name, by the index of command-not-found. */
  Optional<String> withCommand(String command, long end) {
    return search("_cnf_Commands-", reader -> command(reader, command, end));
  }

  /** The package with a file that is wanted, by its absolute path. */
  Optional<String> withFile(Predicate<String> wanted, long end) {
    return search("_Contents-", reader -> file(reader, wanted, end));
  }

  private interface Search {
    Optional<String> in(BufferedReader index) throws IOException;
  }

  private Optional<String> search(String kind, Search search) {
    return tree.names(FOLDER).stream()
        .filter(name -> name.contains(kind))
        .flatMap(name -> search(FOLDER + "/" + name, name, search).stream())
        .findFirst();
  }

  private Optional<String> search(String path, String name, Search search) {
    try (InputStream in =
            opened(new BufferedInputStream(Files.newInputStream(tree.at(path))), name);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return search.in(reader);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "passing over " + path, e);
      return Optional.empty();
    }
  }

  /** Other compressions give nothing that looks like a line of an index. */
  private static InputStream opened(InputStream file, String name) throws IOException {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "lz4" -> new FramedLZ4CompressorInputStream(file);
      case "gz" -> new GZIPInputStream(file);
      default -> file;
    };
  }

  private static Optional<String> command(BufferedReader index, String command, long end)
      throws IOException {
    String name = "";
    for (String line = index.readLine();
        line != null && System.nanoTime() - end < 0;
        line = index.readLine()) {
      if (line.startsWith(NAME)) {
        name = line.substring(NAME.length()).strip();
      } else if (line.startsWith(COMMANDS)
          && List.of(line.substring(COMMANDS.length()).strip().split(",")).contains(command)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** Lines are a path without its first slash, blanks, and sections with packages. */
  private static Optional<String> file(BufferedReader index, Predicate<String> wanted, long end)
      throws IOException {
    for (String line = index.readLine();
        line != null && System.nanoTime() - end < 0;
        line = index.readLine()) {
      int blank = line.lastIndexOf(' ');
      if (blank > 0 && wanted.test("/" + line.substring(0, blank).strip())) {
        String first = line.substring(blank + 1).split(",", 2)[0];
        return Optional.of(first.substring(first.lastIndexOf('/') + 1));
      }
    }
    return Optional.empty();
  }
}
