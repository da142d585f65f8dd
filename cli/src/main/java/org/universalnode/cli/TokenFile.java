package org.universalnode.cli;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Where tokens are between two calls, by the URL of their node. Only its owner may read the file.
 */
record TokenFile(Path file) {
  private static final long MOST_BYTES = 1 << 20;
  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");

  /** As the XDG base directory specification has it; empty for who has no home. */
  static Optional<TokenFile> of(Map<String, String> environment) {
    String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    if (!configured.startsWith("/") && home.isEmpty()) {
      return Optional.empty();
    }
    Path folder = configured.startsWith("/") ? Path.of(configured) : Path.of(home, ".config");
    return Optional.of(new TokenFile(folder.resolve("universal-node").resolve("tokens.json")));
  }

  /** The token for a node; empty if there is none. */
  Optional<String> find(String url) {
    return Files.exists(file)
        ? Optional.of(Json.text(read(), url)).filter(token -> !token.isEmpty())
        : Optional.empty();
  }

  void keep(String url, String token) {
    JsonObject tokens = Files.exists(file) ? read() : new JsonObject();
    tokens.addProperty(url, token);
    write(tokens);
  }

  void forget(String url) {
    if (Files.exists(file)) {
      JsonObject tokens = read();
      tokens.remove(url);
      write(tokens);
    }
  }

  private JsonObject read() {
    try {
      if (!OWN.containsAll(Files.getPosixFilePermissions(file))) {
        throw Problem.of(Code.FORBIDDEN, "others may use " + file)
            .next("chmod 600 " + file + "; then log in anew, as a token may be known")
            .asException();
      }
      if (Files.size(file) <= MOST_BYTES
          && Json.read(Files.readString(file)) instanceof JsonObject o) {
        return o;
      }
      throw Problem.of(Code.INVALID_DOCUMENT, file + " holds no tokens")
          .next("remove it, and log in anew")
          .asException();
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  /** Whole or not at all. */
  private void write(JsonObject tokens) {
    try {
      Files.createDirectories(
          Optional.ofNullable(file.getParent()).orElse(Path.of("/")),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path fresh = file.resolveSibling("tokens.json.new");
      Files.deleteIfExists(fresh);
      try (FileChannel channel =
          FileChannel.open(
              fresh, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(OWN))) {
        channel.write(ByteBuffer.wrap(JsonText.pretty(tokens).getBytes(StandardCharsets.UTF_8)));
      }
      Files.move(fresh, file, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  private ProblemException failed(String what, IOException cause) {
    Problem problem =
        Problem.of(Code.KERNEL, "cannot " + what + " " + file + ": " + cause)
            .next("set UN_TOKEN in the environment, or XDG_CONFIG_HOME to another folder");
    return new ProblemException(List.of(problem), cause);
  }
}
