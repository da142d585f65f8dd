package org.universalnode.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** A file, or standard input, that holds one document. Its problems do not repeat its name. */
final class DocumentFile {
  /** As much as a node takes in one request. */
  static final int LONGEST = 4 << 20;

  private static final String STANDARD_INPUT = "-";
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private DocumentFile() {}

  /**
   * The bytes of the file {@code name}, or of {@code in} if that is "-".
   *
   * @throws ProblemException if it can't be read, is empty, or is longer than {@link #LONGEST}
   */
  static byte[] bytes(String name, InputStream in) {
    byte[] content = name.equals(STANDARD_INPUT) ? content(in) : content(name);
    if (content.length == 0) {
      throw Problem.of(Code.INVALID_DOCUMENT, "it is empty")
          .next("give a file that holds a JSON document")
          .asException();
    }
    if (content.length > LONGEST) {
      throw Problem.of(Code.LIMIT, "it is longer than " + LONGEST + " bytes")
          .next("split the document; a node takes no larger one")
          .asException();
    }
    return content;
  }

  /**
   * The text of the same.
   *
   * @throws ProblemException also if it is no UTF-8, or begins with a byte order mark
   */
  static String text(String name, InputStream in) {
    String text = decoded(bytes(name, in));
    if (text.charAt(0) == BYTE_ORDER_MARK) {
      throw Problem.of(Code.INVALID_DOCUMENT, "it begins with a byte order mark")
          .at(TextPlace.of(text, 0))
          .next("save it as UTF-8 without one: JSON has none (RFC 8259, section 8.1)")
          .asException();
    }
    return text;
  }

  private static String decoded(byte[] content) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(content.length); // never more characters than bytes
    CoderResult result = decoder.decode(ByteBuffer.wrap(content), text, true);
    String decoded = text.flip().toString();
    if (result.isError()) {
      throw Problem.of(Code.INVALID_DOCUMENT, "what stands here is not UTF-8")
          .at(TextPlace.of(decoded, decoded.length()))
          .next("save it as UTF-8")
          .asException();
    }
    return decoded;
  }

  private static byte[] content(String name) {
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw unreadable("it is a directory").asException();
      }
      try (InputStream file = Files.newInputStream(path)) {
        return content(file);
      }
    } catch (NoSuchFileException e) {
      throw because("no such file", e);
    } catch (AccessDeniedException e) {
      throw because("permission denied", e);
    } catch (IOException | InvalidPathException e) {
      throw because(reason(e), e);
    }
  }

  private static byte[] content(InputStream in) {
    try {
      return in.readNBytes(LONGEST + 1);
    } catch (IOException e) {
      throw because(reason(e), e);
    }
  }

  private static String reason(Exception e) {
    return e.getClass().getSimpleName() + " " + Objects.requireNonNullElse(e.getMessage(), "");
  }

  private static ProblemException because(String why, Exception cause) {
    return new ProblemException(List.of(unreadable(why)), cause);
  }

  private static Problem unreadable(String why) {
    return Problem.of(Code.NOT_FOUND, why)
        .next("give the path of a JSON file, or - for standard input");
  }
}
