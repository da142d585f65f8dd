package org.universalnode.catalog.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.universalnode.catalog.fetch.FetchLimits;
import org.universalnode.catalog.fetch.Fetched;
import org.universalnode.catalog.fetch.HttpSource;
import org.universalnode.catalog.fetch.Validators;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** Some requests to one other machine, which together take no longer than they may. */
final class Errand {
  /** Nobody needs a redirect to a list; and none leads this node to where it was not sent. */
  private static final int NO_REDIRECTS = 0;

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final Duration ONE_FILE = Duration.ofSeconds(15);

  private final long end;

  private Errand(long end) {
    this.end = end;
  }

  static Errand within(Duration time) {
    return new Errand(System.nanoTime() + time.toNanos());
  }

  /**
   * A text that was got.
   *
   * @param validators to ask with the next time
   */
  record Answer(String text, Validators validators) {}

  /**
   * Asks for one file, of at most so many bytes.
   *
   * @throws Unchanged if it is what the validators say
   * @throws ProblemException if there is none, or it is no text, or not to be had
   */
  Answer get(URI uri, Validators known, int most) throws Unchanged {
    Duration left = Duration.ofNanos(end - System.nanoTime());
    if (left.isNegative() || left.isZero()) {
      throw problem(Code.TIMEOUT, uri, "was not asked for: the others took too long");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      HttpSource http = new HttpSource(limits(left));
      Fetched fetched = http.get(new HttpSource.Order(uri, known, body, most));
      return switch (fetched) {
        case Fetched.Whole(Validators validators, boolean _) -> new Answer(text(body), validators);
        case Fetched.Unchanged _ -> throw new Unchanged();
        case Fetched.Missing _ -> throw new Absent(uri);
        case Fetched.Unreachable(Problem problem) -> throw new Away(problem.during(uri.toString()));
      };
    } catch (CharacterCodingException e) {
      throw problem(Code.INVALID_DOCUMENT, uri, "is not text in UTF-8");
    } catch (IOException e) {
      throw problem(Code.KERNEL, uri, "can't be kept: " + e.getMessage());
    }
  }

  /** The same, where nothing is known of before. */
  Answer get(URI uri, int most) {
    try {
      return get(uri, Validators.NONE, most);
    } catch (Unchanged e) {
      throw new IllegalStateException("nothing was known to be unchanged", e);
    }
  }

  /** Whatever was asked for is as before. */
  static final class Unchanged extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** The other machine has no such thing. */
  static final class Absent extends ProblemException {
    private static final long serialVersionUID = 1L;

    Absent(URI uri) {
      super(problem(Code.NOT_FOUND, uri, "is not there").problems());
    }
  }

  /** The other machine does not answer; asking it for something else is in vain. */
  static final class Away extends ProblemException {
    private static final long serialVersionUID = 1L;

    Away(Problem problem) {
      super(List.of(problem));
    }
  }

  private static FetchLimits limits(Duration left) {
    return new FetchLimits(
        least(CONNECT, left), least(SILENCE, left), least(ONE_FILE, left), NO_REDIRECTS);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static String text(ByteArrayOutputStream body) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(body.toByteArray()))
        .toString();
  }

  private static ProblemException problem(Code code, URI uri, String detail) {
    return Problem.of(code, uri + " " + detail)
        .next("see what the server has there, and how long it takes")
        .asException();
  }
}
