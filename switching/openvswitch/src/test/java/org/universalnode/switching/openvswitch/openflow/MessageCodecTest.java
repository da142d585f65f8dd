package org.universalnode.switching.openvswitch.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.universalnode.problem.ProblemException;

class MessageCodecTest {
  private static final int MESSAGES = 5_000;

  @Test
  void generatedMessagesAreReadAsTheyWereWritten() {
    long seed = System.nanoTime();
    RandomMessages messages = new RandomMessages(seed);
    for (int i = 0; i < MESSAGES; i++) {
      Envelope written = new Envelope(i, i % 2 == 0 ? messages.extended() : messages.standard());
      assertThat(MessageCodec.read(MessageBuffer.of(written)))
          .as("seed %d, message %d", seed, i)
          .isEqualTo(written);
    }
  }

  @Test
  void whatIsCutOffOrChangedIsReadOrRefusedAndNothingElse() {
    long seed = System.nanoTime();
    RandomMessages messages = new RandomMessages(seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20 * MESSAGES; i++) {
      Message message = random.nextBoolean() ? messages.extended() : messages.standard();
      ByteBuffer bytes = damaged(MessageBuffer.of(new Envelope(i, message)), random);
      Throwable thrown = catchThrowable(() -> MessageCodec.read(bytes));
      if (thrown != null) {
        assertThat(thrown).as("seed %d, message %d", seed, i).isInstanceOf(ProblemException.class);
      }
    }
  }

  @Test
  void noiseIsReadOrRefusedAndNothingElse() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20 * MESSAGES; i++) {
      byte[] noise = new byte[8 + random.nextInt(200)];
      random.nextBytes(noise);
      ByteBuffer bytes = ByteBuffer.wrap(noise);
      bytes.put(0, (byte) 4).put(1, (byte) random.nextInt(22)).putShort(2, (short) noise.length);
      Throwable thrown = catchThrowable(() -> MessageCodec.read(bytes));
      if (thrown != null) {
        assertThat(thrown).as("seed %d, message %d", seed, i).isInstanceOf(ProblemException.class);
      }
    }
  }

  @Test
  void aMessageThatIsTooLongIsRefusedBeforeItIsSent() {
    List<Action> actions = Collections.nCopies(4094, new Action.Output(1));
    List<Instruction> instructions = List.of(new Instruction.ApplyActions(actions));
    MessageBuffer buffer = MessageBuffer.small();
    buffer.add(new Envelope(1, FlowMod.add(0, 1, Match.ANY, List.of())));
    assertThatThrownBy(
            () -> buffer.add(new Envelope(2, FlowMod.add(0, 1, Match.ANY, instructions))))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("65535");
    assertThat(MessageCodec.read(buffer.take()).transaction()).isEqualTo(1);
  }

  @Test
  void aLongMessageIsWrittenWhole() {
    List<Action> actions = Collections.nCopies(4000, new Action.Output(1));
    List<Instruction> instructions = List.of(new Instruction.ApplyActions(actions));
    Envelope written = new Envelope(2, FlowMod.add(0, 1, Match.ANY, instructions));
    assertThat(MessageCodec.read(MessageBuffer.of(written))).isEqualTo(written);
  }

  @Test
  void aHelloWithoutBitmapMeansAllVersionsUpToItsOwn() {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {5, 0, 0, 8, 0, 0, 0, 1});
    assertThat(MessageCodec.read(bytes).message()).isEqualTo(new Message.Hello(0b111110));
  }

  @Test
  void anotherVersionIsRefused() {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 0, 8, 0, 0, 0, 1});
    assertThatThrownBy(() -> MessageCodec.read(bytes))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("version 1");
  }

  /** The length in the header is that of the damaged message, so that the body is looked at. */
  private static ByteBuffer damaged(ByteBuffer message, Random random) {
    int size = random.nextBoolean() ? message.limit() : 8 + random.nextInt(message.limit() - 7);
    ByteBuffer bytes = message.slice(0, size);
    for (int i = random.nextInt(4); i > 0 && size > 8; i--) {
      bytes.put(8 + random.nextInt(size - 8), (byte) random.nextInt());
    }
    return bytes.putShort(2, (short) size);
  }
}
