package org.universalnode.catalog.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Set;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** The two files of a publisher's key: FILE is private, FILE.pub is for everybody. */
public final class KeyFiles {
  private KeyFiles() {}

  /**
   * Makes a key and writes both files; only their owner may read the private one.
   *
   * @throws ProblemException CONFLICT if one of the files is there already: none is overwritten
   */
  public static PublisherKey create(Path file) {
    Path open = publicHalf(file);
    if (Files.exists(open)) {
      throw exists(open);
    }
    try {
      KeyPair pair = KeyPairGenerator.getInstance(PublisherKey.ALGORITHM).generateKeyPair();
      PublisherKey publisher = PublisherKey.of(pair.getPublic());
      write(file, "rw-------", Pem.write(SigningKey.LABEL, pair.getPrivate().getEncoded()));
      write(open, "rw-r--r--", publisher.pem());
      return publisher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has Ed25519", e);
    }
  }

  /** The public key that belongs to a private one. */
  public static Path publicHalf(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  static ProblemException missing(Path file) {
    return Problem.of(Code.NOT_FOUND, "there is no file " + file)
        .next("make a key with: un function keygen --out FILE; it writes FILE and FILE.pub")
        .asException();
  }

  private static void write(Path file, String permissions, String text) {
    try (var out =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)))) {
      out.write(StandardCharsets.US_ASCII.encode(text));
    } catch (FileAlreadyExistsException e) {
      throw new ProblemException(exists(file).problems(), e);
    } catch (IOException e) {
      throw TrustProblem.file("write " + file, e);
    }
  }

  private static ProblemException exists(Path file) {
    return Problem.of(Code.CONFLICT, file + " is there already, and no key is overwritten")
        .next("name another file with --out")
        .asException();
  }
}
