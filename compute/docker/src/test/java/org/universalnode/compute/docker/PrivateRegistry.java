package org.universalnode.compute.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** A registry on loopback with one image, {@code box:1} (the Distribution API, version 2). */
final class PrivateRegistry implements AutoCloseable {
  private static final int TLS = 0x16;
  private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

  private final ServerSocket server;
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final AtomicInteger manifestsTold = new AtomicInteger();
  private final byte[] manifest;

  /**
   * Serves an image.
   *
   * @param image folder into which a docker save archive was unpacked
   * @param id of the image, without {@code sha256:}
   */
  PrivateRegistry(Path image, String id) throws IOException {
    byte[] configuration = Files.readAllBytes(image.resolve(id + ".json"));
    byte[] layer = compressed(Files.readAllBytes(image.resolve("layer.tar")));
    manifest =
        """
        {"schemaVersion":2,"mediaType":"%s",
         "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%d,
                   "digest":"%s"},
         "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","size":%d,
                    "digest":"%s"}]}
        """
            .formatted(MANIFEST, configuration.length, add(configuration), layer.length, add(layer))
            .getBytes(StandardCharsets.UTF_8);
    server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** How images of it are called. */
  String name() {
    return "127.0.0.1:" + server.getLocalPort() + "/box";
  }

  /** SHA-256 of the manifest. */
  String digest() {
    return sha256(manifest);
  }

  int manifestsTold() {
    return manifestsTold.get();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      String request = head(socket.getInputStream());
      if (!request.isEmpty()) {
        String[] words = request.split(" ", 3);
        answer(words[0], words[1], socket.getOutputStream());
      }
    } catch (IOException e) {
      return; // the engine has heard enough
    }
  }

  /** Nothing of who tries TLS: engines try that first. */
  private static String head(InputStream input) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = input.read();
      if (next < 0 || (head.isEmpty() && next == TLS)) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private void answer(String method, String path, OutputStream output) throws IOException {
    String last = path.substring(path.lastIndexOf('/') + 1);
    byte[] body = blobs.get(last);
    if (path.equals("/v2/")) {
      send(output, method, "200 OK\r\nContent-Type: application/json", bytes("{}"));
    } else if (path.endsWith("/manifests/1") || last.equals("sha256:" + digest())) {
      manifestsTold.incrementAndGet();
      String digest = "\r\nDocker-Content-Digest: sha256:" + digest();
      send(output, method, "200 OK\r\nContent-Type: " + MANIFEST + digest, manifest);
    } else if (body != null) {
      send(output, method, "200 OK\r\nContent-Type: application/octet-stream", body);
    } else {
      String error = "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"none\"}]}";
      send(output, method, "404 No\r\nContent-Type: application/json", bytes(error));
    }
  }

  private static void send(OutputStream output, String method, String head, byte[] body)
      throws IOException {
    String length = "\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
    output.write(bytes("HTTP/1.1 " + head + length));
    if (!method.equals("HEAD")) {
      output.write(body);
    }
    output.flush();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String add(byte[] blob) {
    String digest = "sha256:" + sha256(blob);
    blobs.put(digest, blob);
    return digest;
  }

  private static byte[] compressed(byte[] bytes) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(all)) {
      gzip.write(bytes);
    }
    return all.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
