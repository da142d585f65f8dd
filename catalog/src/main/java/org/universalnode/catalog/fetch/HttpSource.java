package org.universalnode.catalog.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Files of other machines by HTTP/1.1. A redirect never leads away from TLS, nor to anything but
 * HTTP; no proxy is used, whatever the environment says.
 */
public final class HttpSource {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> GONE = Set.of(404, 410);
  private static final Set<Integer> DENIED = Set.of(401, 403, 407);
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;
  private static final int SERVER_FAULTS = 500;

  private final FetchLimits limits;
  private final Optional<SSLContext> context;

  /**
   * A source with the JDK's certificate authorities.
   *
   * @param limits for each file
   */
  public HttpSource(FetchLimits limits) {
    this(limits, Optional.empty());
  }

  /** A source that trusts what the context does, if there is one. */
  public HttpSource(FetchLimits limits, Optional<SSLContext> context) {
    this.limits = limits;
    this.context = context;
  }

  /** One file to get: where it goes, and its most bytes. */
  public record Order(URI uri, Validators known, OutputStream target, long most) {}

  /**
   * Gets a file. What has been written counts only if the answer is {@link Fetched.Whole}. A server
   * that is busy is asked again, twice at most.
   *
   * @throws ProblemException LIMIT, FORBIDDEN or INVALID_DOCUMENT for an answer that is refused
   * @throws IOException if the target can't be written
   */
  public Fetched get(Order order) throws IOException {
    HttpClient client = client();
    try (Watch watch = Watch.over(client, limits)) {
      return attempt(order, new Exchange(client, watch));
    } finally {
      client.shutdownNow();
    }
  }

  private record Exchange(HttpClient client, Watch watch) {}

  private Fetched attempt(Order order, Exchange exchange) throws IOException {
    try {
      return follow(order, exchange);
    } catch (SSLHandshakeException e) {
      throw new ProblemException(List.of(untrusted(e)), e);
    } catch (TargetException e) {
      throw e.failure;
    } catch (IOException e) {
      return new Fetched.Unreachable(unreachable(exchange.watch(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Fetched.Unreachable(unreachable(exchange.watch(), e));
    }
  }

  private Fetched follow(Order order, Exchange exchange) throws IOException, InterruptedException {
    URI uri = order.uri();
    boolean secure = isSecure(uri);
    for (int hops = 0; hops <= limits.redirects(); hops++) {
      HttpResponse<InputStream> response = send(request(uri, order.known()), exchange);
      try (InputStream body = response.body()) {
        if (!REDIRECTS.contains(response.statusCode())) {
          return take(order, new Answer(response, body, secure), exchange.watch());
        }
      }
      uri = next(uri, response);
      secure &= isSecure(uri);
    }
    throw Problem.of(Code.LIMIT, "is redirected more than " + limits.redirects() + " times")
        .next("write the address at which the redirects end")
        .asException();
  }

  /** Waits a little for a server that is busy. */
  private HttpResponse<InputStream> send(HttpRequest request, Exchange exchange)
      throws IOException, InterruptedException {
    for (int before = 0; ; before++) {
      HttpResponse<InputStream> response =
          exchange.client().send(request, BodyHandlers.ofInputStream());
      exchange.watch().heard();
      Optional<Duration> pause =
          Retry.isBusy(response.statusCode())
              ? Retry.pause(response.headers(), before, limits)
              : Optional.empty();
      if (pause.isEmpty() || exchange.watch().isExpired()) {
        return response;
      }
      response.body().close();
      Thread.sleep(pause.get());
      exchange.watch().heard();
    }
  }

  private record Answer(HttpResponse<InputStream> response, InputStream body, boolean secure) {}

  private static Fetched take(Order order, Answer answer, Watch watch) throws IOException {
    int status = answer.response().statusCode();
    if (status == OK) {
      copy(order, answer, watch);
      return new Fetched.Whole(validators(answer.response()), answer.secure());
    }
    boolean asked = !order.known().equals(Validators.NONE);
    if (status == NOT_MODIFIED && asked) {
      return new Fetched.Unchanged();
    }
    if (GONE.contains(status)) {
      return new Fetched.Missing();
    }
    if (status >= SERVER_FAULTS || Retry.isBusy(status)) {
      return new Fetched.Unreachable(busy(answer.response()));
    }
    throw refused(status, order.uri()).asException();
  }

  private static Problem busy(HttpResponse<?> answer) {
    String when =
        Retry.after(answer.headers(), Instant.now())
            .map(pause -> "try again in " + pause.toSeconds() + " s, as the server says")
            .orElse("try again later");
    return Problem.of(Code.NOT_FOUND, "the server answered with status " + answer.statusCode())
        .next(when);
  }

  /** The node has no names or passwords for servers. */
  private static Problem refused(int status, URI uri) {
    String detail = "the server answered with status " + status;
    return DENIED.contains(status)
        ? Problem.of(Code.FORBIDDEN, detail + ": it does not let this node read the file")
            .next("let the server give " + uri + " to this node without a password")
        : Problem.of(Code.NOT_FOUND, detail).next("see what the server has at " + uri);
  }

  private static void copy(Order order, Answer answer, Watch watch) throws IOException {
    long announced = answer.response().headers().firstValueAsLong("Content-Length").orElse(0);
    if (announced > order.most()) {
      throw tooLong(order, announced + " bytes");
    }
    byte[] buffer = new byte[16 << 10];
    long count = 0;
    for (int read = answer.body().read(buffer); read >= 0; read = answer.body().read(buffer)) {
      watch.heard();
      count += read;
      if (count > order.most()) {
        throw tooLong(order, "more than " + order.most() + " bytes");
      }
      if (watch.isExpired()) {
        throw new IOException("the time is over");
      }
      write(order.target(), buffer, read);
    }
  }

  private static void write(OutputStream target, byte[] buffer, int count) throws IOException {
    try {
      target.write(buffer, 0, count);
    } catch (IOException e) {
      throw new TargetException(e);
    }
  }

  /** The disk, not the network, is in the way. */
  private static final class TargetException extends IOException {
    private static final long serialVersionUID = 1L;
    private final IOException failure;

    TargetException(IOException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  private URI next(URI from, HttpResponse<?> response) {
    String location = response.headers().firstValue("Location").orElse("");
    try {
      URI to = from.resolve(location);
      boolean isHttp = scheme(to).equals("https") || scheme(to).equals("http");
      if (location.isEmpty() || !isHttp || to.getHost() == null) {
        throw refused("is redirected to \"" + location + "\", which is no address of HTTP");
      }
      if (isSecure(from) && !isSecure(to)) {
        throw refused("is redirected away from TLS, to " + to);
      }
      return to;
    } catch (IllegalArgumentException e) {
      throw refused("is redirected to what is no address: " + e.getMessage());
    }
  }

  private HttpRequest request(URI uri, Validators known) {
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(limits.total());
      if (!known.entityTag().isEmpty()) {
        request.header("If-None-Match", known.entityTag());
      }
      if (!known.modified().isEmpty()) {
        request.header("If-Modified-Since", known.modified());
      }
      return request.build();
    } catch (IllegalArgumentException e) {
      throw Problem.of(Code.INVALID_DOCUMENT, "is no address of HTTP: " + e.getMessage())
          .next("write it as https://host/path")
          .asException();
    }
  }

  private HttpClient client() {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(limits.connect());
    context.ifPresent(client::sslContext);
    return client.build();
  }

  private static Validators validators(HttpResponse<?> response) {
    return new Validators(
        response.headers().firstValue("ETag").orElse(""),
        response.headers().firstValue("Last-Modified").orElse(""));
  }

  private static ProblemException refused(String detail) {
    return Problem.of(Code.FORBIDDEN, detail)
        .next("write the address at which the file really is")
        .asException();
  }

  private static ProblemException tooLong(Order order, String what) {
    return Problem.of(Code.LIMIT, order.uri() + " has " + what)
        .next("the limit is " + order.most() + " bytes; pack less")
        .asException();
  }

  private Problem unreachable(Watch watch, Exception cause) {
    if (watch.isExpired()) {
      return Problem.of(Code.TIMEOUT, "did not come in time, or nothing came of it any more")
          .next(
              "a file may take %d s in all and %d s without a byte; see the server and the network"
                  .formatted(limits.total().toSeconds(), limits.silence().toSeconds()));
    }
    return Problem.of(Code.NOT_FOUND, "can't be fetched: " + reason(cause))
        .next("see that the server answers and that this machine reaches it");
  }

  private static Problem untrusted(SSLHandshakeException cause) {
    return Problem.of(Code.FORBIDDEN, "the server can't be trusted: " + reason(cause))
        .next("the server needs a certificate of an authority that this machine's Java knows");
  }

  private static String reason(Exception cause) {
    return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
  }

  private static boolean isSecure(URI uri) {
    return scheme(uri).equals("https");
  }

  private static String scheme(URI uri) {
    return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
  }
}
