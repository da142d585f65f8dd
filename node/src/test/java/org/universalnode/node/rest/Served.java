package org.universalnode.node.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.universalnode.node.security.AuditEntry;
import org.universalnode.node.security.Caller;

/** A server with routes of a test's own. */
final class Served implements AutoCloseable {
  /** Root, on this machine. */
  static final Asker ROOT =
      new Asker(
          new Caller.Local(0),
          OptionalInt.of(0),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));

  private final RestServer server;
  private final Queue<AuditEntry> audited = new ConcurrentLinkedQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();

  Served(Capacity capacity, Function<Request, Response> routes) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Access access = new Access(List.of(me()), Optional.empty(), audited::add);
    server = RestServer.start(List.of(Listener.local(address)), access, capacity, routes);
  }

  HttpResponse<String> call(String method, String path) {
    return call(method, path, "x");
  }

  HttpResponse<String> call(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.ofString(body)).build();
    return send(request, BodyHandlers.ofString());
  }

  /** What the audit was told, in its order. */
  List<AuditEntry> audited() {
    return List.copyOf(audited);
  }

  /** A stream of events, as lines; to be closed. */
  Lines follow(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new Lines(send(request.build(), BodyHandlers.ofInputStream()));
  }

  /** A client that asks for the path and reads only what the caller reads. */
  Socket connected(String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.ports().getFirst()));
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Override
  public void close() {
    server.close();
    http.close();
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.ports().getFirst() + path);
  }

  private static int me() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A stream that is read line by line. */
  record Lines(HttpResponse<InputStream> answer, BufferedReader reader) implements AutoCloseable {
    Lines(HttpResponse<InputStream> answer) {
      this(
          answer, new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    /** The lines up to the next empty one; none at the end of the stream. */
    List<String> block() throws IOException {
      List<String> lines = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isEmpty()) {
          return lines;
        }
        lines.add(line);
      }
      return lines;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
