package org.universalnode.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An authority and what it certifies, PEM: a client, and a gateway whose files are where swanctl
 * looks for them.
 */
record Certificates(String authority, String client, String clientKey) {

  /** Makes them, in a folder. */
  static Certificates in(Path folder) {
    try {
      for (String name : List.of("x509", "x509ca", "private")) {
        Files.createDirectories(folder.resolve(name));
      }
      openssl(folder, "-subj", "/CN=ca", "-keyout", "ca.key", "-out", "ca.pem");
      certify(folder, "client");
      certify(folder, "gateway");
      Files.copy(folder.resolve("ca.pem"), folder.resolve("x509ca/ca.pem"));
      Files.copy(folder.resolve("gateway.pem"), folder.resolve("x509/gateway.pem"));
      Files.copy(folder.resolve("gateway.key"), folder.resolve("private/gateway.pem"));
      return new Certificates(
          Files.readString(folder.resolve("ca.pem")),
          Files.readString(folder.resolve("client.pem")),
          Files.readString(folder.resolve("client.key")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void certify(Path folder, String name) {
    openssl(
        folder,
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-subj",
        "/CN=" + name + ".example",
        "-addext",
        "subjectAltName=DNS:" + name + ".example",
        "-addext",
        "basicConstraints=critical,CA:FALSE",
        "-keyout",
        name + ".key",
        "-out",
        name + ".pem");
  }

  private static void openssl(Path folder, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("openssl", "req", "-x509", "-newkey", "ec", "-nodes"));
    command.addAll(List.of("-pkeyopt", "ec_paramgen_curve:P-256"));
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      Process process =
          builder
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("openssl.txt").toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(Files.readString(folder.resolve("openssl.txt")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
