package org.universalnode.switching.openvswitch.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class FramerTest {
  private static final List<String> MESSAGES =
      List.of("{}", "{\"a\":[{\"b\":\"}]\"}]}", "{\"ü\":\"\\\\\\\"}{\"}", "{\"\\\\\":{}}");

  @Test
  void messagesAreCutWhereverTheStreamIs() {
    byte[] stream = (String.join("", MESSAGES) + " \n\t\r ").getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size <= stream.length; size++) {
      Framer framer = new Framer(100);
      List<String> received = new ArrayList<>();
      for (int from = 0; from < stream.length; from += size) {
        int to = Math.min(stream.length, from + size);
        framer.take(ByteBuffer.wrap(Arrays.copyOfRange(stream, from, to)), received::add);
      }
      assertThat(received).as("in parts of %d", size).isEqualTo(MESSAGES);
    }
  }

  @Test
  void blanksBetweenMessagesDoNotCountAndAreNotKept() {
    List<String> received = new ArrayList<>();
    new Framer(10).take(bytes(" ".repeat(50) + "{}" + " ".repeat(50) + "{ }"), received::add);
    assertThat(received).containsExactly("{}", "{ }");
  }

  @Test
  void whatBeginsLikeNoMessageIsRefused() {
    for (String garbage : List.of("HTTP/1.1 400", "[]", "}", "\"x\"", "\u0000", "{}x")) {
      assertThat(problem(garbage)).as(garbage).isEqualTo(Code.INVALID_DOCUMENT);
    }
  }

  @Test
  void aMessageBeyondTheLimitIsRefusedBeforeItEnds() {
    assertThat(problem("{\"a\":\"" + "x".repeat(200))).isEqualTo(Code.LIMIT);
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    Framer framer = new Framer(100);
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {'{', '"', (byte) 0xc3, '"', '}'});
    assertThatThrownBy(() -> framer.take(bytes, _ -> {})).hasMessageContaining("not UTF-8");
  }

  private static Code problem(String stream) {
    try {
      new Framer(100).take(bytes(stream), _ -> {});
      throw new AssertionError("accepted: " + stream);
    } catch (ProblemException e) {
      return e.first().code();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
