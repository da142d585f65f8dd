package org.universalnode.node.security;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * The password that a node makes up for its first administrator. Only who may read the node's files
 * sees it, until it is changed.
 */
final class FirstPassword {
  private static final System.Logger LOG = System.getLogger(FirstPassword.class.getName());

  /** No letters and digits that look like others. */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final int LENGTH = 24;

  private final Path file;

  FirstPassword(Path folder) {
    this.file = folder.resolve("first-password");
  }

  String make() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    write(password.toString());
    LOG.log(
        System.Logger.Level.INFO,
        "the password of the user \"{0}\" is in {1} until it is changed",
        Accounts.FIRST,
        file);
    return password.toString();
  }

  /** It is not the password any more. */
  void isOver() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String password) {
    isOver();
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(CREATE_NEW, WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap((password + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
