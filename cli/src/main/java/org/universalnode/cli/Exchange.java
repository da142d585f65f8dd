package org.universalnode.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;

/**
 * One HTTP request and its answer. On {@link HttpURLConnection}, because a JVM that lives for one
 * request has it ready half a second before {@code java.net.http} (measured, JDK 25).
 */
final class Exchange {
  /** How long an answer may take, to its last byte. */
  static final int ANSWER_SECONDS = 120;

  private static final int CONNECT_MS = 2_000;
  private static final int LONGEST_ANSWER = 64 << 20;
  private static final int CHUNK = 8 << 10;
  private static final List<String> HEADERS =
      List.of("Server-Timing", "Log-Next", "ETag", "Last-Event-ID", "Retry-After");

  private final HttpURLConnection connection;
  private final byte[] json;
  private final long deadline = System.nanoTime() + Duration.ofSeconds(ANSWER_SECONDS).toNanos();

  private Exchange(HttpURLConnection connection, byte[] json) {
    this.connection = connection;
    this.json = json;
  }

  /**
   * What is to be sent.
   *
   * @param headers besides those that every request has
   * @param authorities whose certificates are trusted; empty for the system's
   */
  record Call(String method, URI uri, Map<String, String> headers, Optional<Path> authorities) {}

  /**
   * Connects, and sends nothing yet.
   *
   * @param json the body; empty for none
   * @throws IOException if nothing listens there
   */
  static Exchange connect(Call call, byte[] json) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) call.uri().toURL().openConnection(Proxy.NO_PROXY);
    if (connection instanceof HttpsURLConnection secure && call.authorities().isPresent()) {
      Trust.only(call.authorities().get(), secure);
    }
    connection.setRequestMethod(call.method());
    connection.setConnectTimeout(CONNECT_MS);
    connection.setReadTimeout(ANSWER_SECONDS * 1_000);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept", "application/json, text/plain;q=0.9");
    call.headers().forEach(connection::setRequestProperty);
    if (json.length > 0) {
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      // Also keeps the JDK from silently sending a POST again when the connection breaks.
      connection.setFixedLengthStreamingMode(json.length);
    }
    connection.connect();
    return new Exchange(connection, json);
  }

  /** Sends the request and waits for the whole answer. */
  Reply reply() throws IOException {
    if (json.length > 0) {
      try (OutputStream out = connection.getOutputStream()) {
        out.write(json);
      }
    }
    int status = connection.getResponseCode();
    if (status < 0) {
      throw new IOException("the answer is not HTTP");
    }
    return new Reply(status, headers(), body(status));
  }

  /**
   * Sends the request and gives the body while it comes.
   *
   * @param silence how long nothing may come, in milliseconds, until a read fails
   * @return empty if the answer is no success; then {@link #reply} has it
   */
  Optional<InputStream> stream(int silence) throws IOException {
    connection.setReadTimeout(silence);
    return connection.getResponseCode() == HttpURLConnection.HTTP_OK
        ? Optional.of(connection.getInputStream())
        : Optional.empty();
  }

  private Map<String, String> headers() {
    Map<String, String> found = new HashMap<>();
    for (String name : HEADERS) {
      Optional.ofNullable(connection.getHeaderField(name)).ifPresent(v -> found.put(name, v));
    }
    return found;
  }

  private String body(int status) throws IOException {
    InputStream stream =
        status < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream();
    if (stream == null) { // an error without a body
      return "";
    }
    try (stream) {
      return new String(limited(stream), StandardCharsets.UTF_8);
    }
  }

  private byte[] limited(InputStream stream) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    for (int length = stream.read(chunk); length >= 0; length = stream.read(chunk)) {
      whole.write(chunk, 0, length);
      if (whole.size() > LONGEST_ANSWER) {
        throw new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes");
      }
      if (System.nanoTime() - deadline > 0) {
        throw new SocketTimeoutException();
      }
    }
    return whole.toByteArray();
  }
}
