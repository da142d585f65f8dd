package org.universalnode.switching.openvswitch.openflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.openvswitch.openflow.Message.FeaturesReply;
import org.universalnode.switching.openvswitch.openflow.Message.FeaturesRequest;
import org.universalnode.switching.openvswitch.openflow.Message.Hello;
import org.universalnode.switching.openvswitch.openflow.Message.Refusal;

/** The beginning of a connection, OpenFlow 1.3.5 section 6.3.1: versions, then who it is. */
final class Handshake {
  private static final int OUR_VERSIONS = 1 << MessageCodec.VERSION;

  private Handshake() {}

  /**
   * Returns who the switch is.
   *
   * @throws ProblemException if the switch does not speak OpenFlow 1.3, or says anything else
   */
  static FeaturesReply with(Connection connection) throws IOException {
    connection.answer(new Envelope(0, new Hello(OUR_VERSIONS)));
    agree(connection, connection.receive());
    connection.answer(new Envelope(0, new FeaturesRequest()));
    while (true) {
      switch (connection.receive().message()) {
        case FeaturesReply features when features.auxiliary() == 0 -> {
          connection.greeted();
          return features;
        }
        case FeaturesReply auxiliary ->
            throw refused("it is a second connection of a datapath, which is not used here");
        case Refusal(ErrorCode code, Octets data) -> throw code.problem("to greet").asException();
        default -> {} // a port may change while the switch has not answered
      }
    }
  }

  private static void agree(Connection connection, Envelope first) {
    if (!(first.message() instanceof Hello hello)) {
      throw refused("its first message is no hello");
    }
    if ((hello.versions() & OUR_VERSIONS) == 0) {
      String text = "only OpenFlow 1.3 is spoken here";
      connection.say(
          new Envelope(
              first.transaction(),
              new Refusal(
                  new ErrorCode(ErrorCode.HELLO_FAILED, 0),
                  Octets.of(text.getBytes(StandardCharsets.US_ASCII)))));
      throw refused("it does not speak OpenFlow 1.3");
    }
  }

  private static ProblemException refused(String reason) {
    return Problem.of(Problem.Code.UNSUPPORTED, "a switch was refused: " + reason)
        .next("set the protocols of the bridge to OpenFlow13")
        .asException();
  }
}
