package org.universalnode.compute.docker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * Requests to a Docker engine at its Unix socket. Each has a connection of its own and a time
 * limit; paths name no version, so the engine takes its own.
 *
 * @param limit of requests that say no other
 */
record Engine(Path socket, Duration limit) {
  private static final int MOST_BYTES = 8 << 20;
  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 64);
  private static final int NOT_FOUND = 404;
  private static final int COPIED = 64 << 10;

  /** What to do with a reply, whose body ends with the call. */
  interface Use<T> {
    T of(Reply reply) throws IOException;
  }

  /**
   * A request.
   *
   * @param body JSON; or a file, which is sent as it is; or nothing
   */
  record Request(String method, String path, @Nullable Object body, Duration limit) {}

  Request get(String path) {
    return new Request("GET", path, null, limit);
  }

  Request post(String path, JsonElement body) {
    return new Request("POST", path, body, limit);
  }

  Request post(String path) {
    return new Request("POST", path, null, limit);
  }

  Request delete(String path) {
    return new Request("DELETE", path, null, limit);
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The JSON that it answers; empty if there is no such thing. */
  Optional<Answer> find(Request request) {
    return use(
        request,
        reply -> {
          if (reply.status() == NOT_FOUND) {
            return Optional.empty();
          }
          return Optional.of(json(checked(request, reply)));
        });
  }

  /** The JSON that it answers. */
  Answer ask(Request request) {
    return use(request, reply -> json(checked(request, reply)));
  }

  /** Has something done; whether there was such a thing. */
  boolean tell(Request request) {
    return use(
        request,
        reply -> {
          if (reply.status() == NOT_FOUND) {
            return false;
          }
          checked(request, reply);
          return true;
        });
  }

  /**
   * Sends a request.
   *
   * @throws ProblemException with UNAVAILABLE if the engine does not answer, TIMEOUT if that takes
   *     too long
   */
  <T> T use(Request request, Use<T> use) {
    try (EngineConnection connection = EngineConnection.open(socket, request.limit())) {
      send(connection, request);
      return use.of(Reply.read(connection.input()));
    } catch (InterruptedIOException e) {
      throw Problem.of(
              Problem.Code.TIMEOUT,
              "the Docker engine did not answer %s %s within %d s"
                  .formatted(request.method(), plain(request), request.limit().toSeconds()))
          .next("look at the log of dockerd")
          .asException();
    } catch (IOException e) {
      throw Problem.of(
              Problem.Code.UNAVAILABLE,
              "the Docker engine at " + socket + " does not answer: " + e.getMessage())
          .next("see that dockerd runs; what is missing is made again when it does")
          .asException();
    }
  }

  /** What it objects to is a problem. */
  static Reply checked(Request request, Reply reply) throws IOException {
    if (reply.isGood()) {
      return reply;
    }
    throw Problem.of(
            code(reply.status()),
            "the Docker engine refuses %s %s: %s"
                .formatted(request.method(), plain(request), message(reply)))
        .next("see what its log says")
        .asException();
  }

  /** What it says of a failure. */
  static String message(Reply reply) throws IOException {
    String message = json(reply.text(MOST_BYTES)).at("message").text();
    return message.isEmpty() ? "status " + reply.status() : message;
  }

  private static Problem.Code code(int status) {
    return switch (status) {
      case NOT_FOUND -> Problem.Code.NOT_FOUND;
      case 409 -> Problem.Code.CONFLICT;
      case 400, 501 -> Problem.Code.UNSUPPORTED;
      default -> Problem.Code.KERNEL;
    };
  }

  private static Answer json(Reply reply) throws IOException {
    return json(reply.text(MOST_BYTES));
  }

  static Answer json(String text) {
    try {
      return new Answer(text.isBlank() ? new JsonObject() : JsonText.parse(text, LIMITS));
    } catch (ProblemException e) {
      return new Answer(new JsonObject()); // an error page, or one line of many that is cut off
    }
  }

  private static String plain(Request request) {
    return request.path().replaceAll("\\?.*", "");
  }

  private static void send(EngineConnection connection, Request request) throws IOException {
    String head = request.method() + " " + request.path() + " HTTP/1.1\r\n";
    String common = "Host: docker\r\nConnection: close\r\n";
    switch (request.body()) {
      case null -> connection.write(bytes(head + common + "Content-Length: 0\r\n\r\n"));
      case Path file -> {
        connection.write(bytes(head + common + type("application/x-tar", Files.size(file))));
        copy(file, connection);
      }
      case Object json -> {
        byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
        connection.write(bytes(head + common + type("application/json", body.length)));
        connection.write(ByteBuffer.wrap(body));
      }
    }
  }

  private static String type(String type, long length) {
    return "Content-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n";
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void copy(Path file, EngineConnection connection) throws IOException {
    try (InputStream input = open(file)) {
      for (byte[] part = input.readNBytes(COPIED);
          part.length > 0;
          part = input.readNBytes(COPIED)) {
        connection.write(ByteBuffer.wrap(part));
      }
    }
  }

  /** A file that can't be read is no fault of the engine's. */
  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
