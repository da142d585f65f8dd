package org.universalnode.node.tls;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.catalog.capability.Programs;
import org.universalnode.catalog.trust.Pem;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.Result;

/** A certificate that a node signs itself, once. It is made by the JDK's keytool. */
public final class OwnCertificate {
  private static final String ALIAS = "node";

  /** The key leaves the store, which has to have one, at once; folders and files protect both. */
  private static final String STORE_PASSWORD = "not-secret";

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String DAYS = "3650";

  private final Path folder;
  private final Programs programs;

  /**
   * Makes nothing yet.
   *
   * @param folder that only the node's user reads
   */
  public OwnCertificate(Path folder, Programs programs) {
    this.folder = folder;
    this.programs = programs;
  }

  /**
   * The one that is there, else a new one.
   *
   * @param names by which clients call the node: addresses and names of hosts
   */
  public ServerIdentity identity(Set<String> names) {
    ServerIdentity own =
        new ServerIdentity(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
    if (!Files.exists(own.certificate()) || !Files.exists(own.key())) {
      make(own, names);
    }
    return own;
  }

  private void make(ServerIdentity own, Set<String> names) {
    Path store = folder.resolve("new.p12");
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.deleteIfExists(store);
      generate(store, names);
      KeyStore made = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        made.load(in, STORE_PASSWORD.toCharArray());
      }
      Key key = made.getKey(ALIAS, STORE_PASSWORD.toCharArray());
      Certificate certificate = made.getCertificate(ALIAS);
      write(own.key(), "PRIVATE KEY", key.getEncoded());
      write(own.certificate(), "CERTIFICATE", certificate.getEncoded());
      Files.delete(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keytool made something else", e);
    }
  }

  private void generate(Path store, Set<String> names) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            DAYS,
            "-dname",
            "CN=Universal Node",
            "-ext",
            "san="
                + names.stream().map(OwnCertificate::alternative).collect(Collectors.joining(",")),
            "-ext",
            "eku=serverAuth",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            STORE_PASSWORD);
    if (programs.run(command, LIMIT) instanceof Result.Failed<String>(Problem problem)) {
      throw Problem.of(Code.UNSUPPORTED, "can't make a certificate: " + problem.detail())
          .next("give one with --tls-certificate and --tls-key")
          .asException();
    }
  }

  private static String alternative(String name) {
    return (name.matches("[0-9.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*") ? "ip:" : "dns:") + name;
  }

  private static void write(Path file, String label, byte[] content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            Set.of(CREATE_NEW, WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(Pem.write(label, content).getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
    Files.move(fresh, file, ATOMIC_MOVE);
  }
}
