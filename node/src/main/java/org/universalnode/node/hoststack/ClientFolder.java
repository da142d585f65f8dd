package org.universalnode.node.hoststack;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.ProblemException;

/**
 * A DHCP client on disk: for which interface it is, its lease and its log. It is the first thing
 * made of a client and the last removed.
 */
record ClientFolder(Path path) {
  private static final int MOST_LEASE_BYTES = 4096;
  private static final int MOST_LOG_BYTES = 256 << 10;
  private static final int QUOTED_BYTES = 1000;

  /** All that is ever in it. */
  private static final Set<String> FILES =
      Set.of("client.json", "client.json.new", "lease", "lease.new", "log", "address-stays");

  /** The folders of all clients below {@code root}. */
  static List<ClientFolder> all(Path root) {
    List<ClientFolder> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, ClientFolder::isFolder)) {
      folders.forEach(folder -> found.add(new ClientFolder(folder)));
    } catch (NoSuchFileException e) {
      return found;
    } catch (DirectoryIteratorException e) {
      throw new UncheckedIOException(e.getCause());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  String name() {
    return path.getFileName().toString();
  }

  void write(StackInterface at) {
    JsonObject json = new JsonObject();
    json.addProperty("identity", at.identity());
    json.addProperty("interface", at.name());
    json.addProperty("index", at.index());
    try {
      Files.createDirectories(path);
      Path unfinished = path.resolve("client.json.new");
      Files.writeString(unfinished, JsonText.pretty(json));
      Files.move(unfinished, interfaceFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty if the client was never recorded whole. */
  Optional<StackInterface> stackInterface() {
    try {
      Problems problems = new Problems();
      String text = Files.readString(interfaceFile());
      JsonFields fields = JsonFields.of(JsonText.parse(text, JsonLimits.DOCUMENT), "", problems);
      StackInterface at =
          new StackInterface(
              fields.requiredString("identity"),
              fields.requiredString("interface"),
              fields.requiredInteger("index", 1, Integer.MAX_VALUE));
      problems.throwIfAny();
      return Optional.of(at);
    } catch (IOException | ProblemException e) {
      return Optional.empty();
    }
  }

  /** What the script wrote of the lease; empty if there is none. */
  String lease() {
    try {
      Path file = path.resolve("lease");
      boolean sound = Files.size(file) <= MOST_LEASE_BYTES;
      return sound ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      return ""; // none, or one that a power cut spoiled
    }
  }

  /** From now on the address goes when the client says that there is none. */
  void unmarkAddressStays() {
    try {
      Files.deleteIfExists(path.resolve("address-stays"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address stays when the client says, once, that there is none. */
  void markAddressStays() {
    try {
      Files.writeString(path.resolve("address-stays"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path log() {
    return path.resolve("log");
  }

  /** The last line of the log, in printable characters; empty if there is none. */
  String lastWords() {
    try (FileChannel channel = FileChannel.open(log(), StandardOpenOption.READ)) {
      ByteBuffer tail = ByteBuffer.allocate(QUOTED_BYTES);
      channel.read(tail, Math.max(0, channel.size() - QUOTED_BYTES));
      String text = new String(tail.array(), 0, tail.position(), StandardCharsets.ISO_8859_1);
      String last = text.strip().lines().reduce((_, later) -> later).orElse("");
      return last.replaceAll("[^ -~]", "?");
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      return "its log can't be read: " + e;
    }
  }

  /** The client's script does the same, as long as it can be called. */
  void limitLog() {
    try {
      if (Files.exists(log()) && Files.size(log()) > MOST_LOG_BYTES) {
        try (FileChannel channel = FileChannel.open(log(), StandardOpenOption.WRITE)) {
          channel.truncate(0);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is not the client's stays, and is an error. */
  void delete() {
    try {
      for (String file : FILES) {
        Files.deleteIfExists(path.resolve(file));
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private Path interfaceFile() {
    return path.resolve("client.json");
  }
}
