package org.universalnode.switching.openvswitch.ovsdb;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Cuts a stream of JSON objects that follow each other (RFC 7047 section 4) where one ends. Whether
 * each is JSON is for its reader to say; what does not even begin like one is refused here.
 */
final class Framer {
  private final int longest;
  private ByteArrayOutputStream message = new ByteArrayOutputStream();
  private int depth;
  private boolean inString;
  private boolean escaped;

  Framer(int longest) {
    this.longest = longest;
  }

  /**
   * Takes all bytes, and gives each message that they complete to the receiver.
   *
   * @throws ProblemException with INVALID_DOCUMENT or LIMIT; no more can be read then
   */
  void take(ByteBuffer bytes, Consumer<String> receiver) {
    int start = bytes.position();
    for (int at = start; at < bytes.limit(); at++) {
      byte next = bytes.get(at);
      if (depth == 0 && isBlank(next)) {
        start = at + 1;
      } else if (ends(next)) {
        keep(bytes, start, at + 1);
        start = at + 1;
        receiver.accept(text());
      }
    }
    keep(bytes, start, bytes.limit());
    bytes.position(bytes.limit());
  }

  private boolean ends(byte next) {
    if (depth == 0 && next != '{') {
      throw malformed("a message begins with byte " + (next & 0xff));
    }
    if (inString) {
      inString = escaped || next != '"';
      escaped = !escaped && next == '\\';
      return false;
    }
    switch (next) {
      case '"' -> inString = true;
      case '{', '[' -> depth++;
      case '}', ']' -> depth--;
      default -> {}
    }
    return depth == 0;
  }

  private void keep(ByteBuffer bytes, int from, int to) {
    if (message.size() + (to - from) > longest) {
      throw Problem.of(Code.LIMIT, "a message from the database has over " + longest + " bytes")
          .next(Json.NEXT_STEP)
          .asException();
    }
    byte[] part = new byte[to - from];
    bytes.get(from, part);
    message.writeBytes(part);
  }

  private String text() {
    byte[] bytes = message.toByteArray();
    message = new ByteArrayOutputStream();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("a message is not UTF-8");
    }
  }

  private static boolean isBlank(byte next) {
    return next == ' ' || next == '\n' || next == '\r' || next == '\t';
  }

  private static ProblemException malformed(String what) {
    return Problem.of(Code.INVALID_DOCUMENT, "no JSON-RPC from the database: " + what)
        .next(Json.NEXT_STEP)
        .asException();
  }
}
