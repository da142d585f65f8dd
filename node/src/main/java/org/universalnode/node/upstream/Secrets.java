package org.universalnode.node.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;
import org.universalnode.upstream.Destination.Login;

/** Files that only the node's user may read; their content is in no message. */
final class Secrets {
  private static final int MOST_BYTES = 4_096;
  private static final int LEAST_KEY_BYTES = 24;
  private static final int MOST_KEY_BYTES = 64;
  private static final String KEY_PREFIX = "whsec_";
  private static final Set<PosixFilePermission> OWN =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private Secrets() {}

  /** One line is a token; two are user and password. */
  static Login login(Path file) {
    List<String> lines = text(file).lines().toList();
    if (lines.isEmpty() || lines.size() > 2 || lines.stream().anyMatch(String::isBlank)) {
      throw wrong(
          file + " holds no login", "write a token in one line, or user and password in two");
    }
    return lines.size() == 1
        ? new Login("", lines.getFirst())
        : new Login(lines.getFirst(), lines.getLast());
  }

  /** As Standard Webhooks writes keys: {@code whsec_} and Base64 of 24 to 64 bytes. */
  static byte[] key(Path file) {
    String text = text(file).strip();
    try {
      byte[] key =
          text.startsWith(KEY_PREFIX)
              ? Base64.getDecoder().decode(text.substring(KEY_PREFIX.length()))
              : new byte[0];
      if (key.length >= LEAST_KEY_BYTES && key.length <= MOST_KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      throw noKey(file);
    }
    throw noKey(file);
  }

  private static ProblemException noKey(Path file) {
    return wrong(
        file + " holds no key", "write whsec_ and the Base64 of 24 to 64 random bytes into it");
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      if (!OWN.containsAll(Files.getPosixFilePermissions(file))) {
        throw wrong("others may use " + file, "chmod 600 " + file);
      }
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw wrong(file + " has more than " + MOST_BYTES + " bytes", "name another file");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw wrong(file + " can't be read: " + e, "see that it is there");
    }
  }

  private static ProblemException wrong(String detail, String next) {
    return Problem.of(Code.INVALID_DOCUMENT, detail).next(next).asException();
  }
}
