package org.universalnode.switching.openvswitch.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.universalnode.nffg.Bits;

/** Our bytes are those of another implementation, and each side reads what the other wrote. */
class OpenflowjTest {
  private static final int MESSAGES = 5_000;

  private final Openflowj theirs = new Openflowj();

  @Test
  void generatedMessagesAreTheSameBytesThereAndHere() throws OFParseError {
    long seed = System.nanoTime();
    RandomMessages messages = new RandomMessages(seed);
    for (int i = 0; i < MESSAGES; i++) {
      compare(new Envelope(i, messages.standard()), "seed " + seed + ", message " + i);
    }
  }

  @Test
  void everyFieldIsTheSameBytesThereAndHere() throws OFParseError {
    for (Oxm oxm : EnumSet.range(Oxm.IN_PORT, Oxm.TUNNEL_ID)) {
      Bits value = new Bits(0x0123456789abcdefL, 0xfedcba9876543210L);
      Match exact = Match.ANY.with(new OxmTlv.Field(oxm, value, oxm.mask()));
      compare(query(exact), oxm + " exact");
      if (oxm.isMaskable()) {
        Bits mask = new Bits(0xffffffff00000000L, 0xfffffffffffffff0L);
        compare(query(Match.ANY.with(new OxmTlv.Field(oxm, value, mask))), oxm + " masked");
      }
    }
  }

  @Test
  void errorsHaveTheSameNames() {
    for (int type = 0; type < ErrorNames.STANDARD.size(); type++) {
      ErrorNames.Kind kind = ErrorNames.STANDARD.get(type);
      for (int code = 0; code < kind.names().size(); code++) {
        assertThat(kind.names().get(code)).isEqualTo(OpenflowjErrors.name(type, code));
      }
    }
  }

  private static Envelope query(Match match) {
    return new Envelope(7, new Multipart.Request(new Multipart.Query.Flows(1, 2, 3, 4, 5, match)));
  }

  private void compare(Envelope ours, String which) throws OFParseError {
    OFMessage same = theirs.of(ours);
    byte[] bytes = encode(ours);
    assertThat(bytes).as(which).isEqualTo(theirs.encode(same));
    assertThat(theirs.decode(bytes)).as(which).isEqualTo(same);
    assertThat(MessageCodec.read(ByteBuffer.wrap(theirs.encode(same)))).as(which).isEqualTo(ours);
  }

  private static byte[] encode(Envelope envelope) {
    ByteBuffer bytes = MessageBuffer.of(envelope);
    byte[] array = new byte[bytes.remaining()];
    bytes.get(array);
    return array;
  }
}
