package org.universalnode.switching.openvswitch.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** What the controller does with switches that are slow, dead or wrong. */
class ConnectionTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Limits SHORT =
      new Limits(
          Duration.ofMillis(400),
          Duration.ofMillis(400),
          Duration.ofMillis(1200),
          Duration.ofMillis(600),
          4);
  private static final FlowMod FLOW =
      FlowMod.add(
          0,
          1,
          Match.ANY.with(Oxm.IN_PORT, 1),
          List.of(new Instruction.ApplyActions(List.of(new Action.Output(2)))));

  @TempDir Path folder;

  private final Observed observed = new Observed();

  @Test
  void whoSaysNothingIsSentAway() throws IOException {
    try (Controller controller = controller();
        FakeSwitch silent = FakeSwitch.connect(controller.address())) {
      assertThat(silent.receive().message()).isEqualTo(new Message.Hello(1 << 4));
      assertThatThrownBy(silent::receive).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void whoSpeaksAnotherVersionIsToldSo() throws IOException {
    try (Controller controller = controller();
        FakeSwitch old = FakeSwitch.connect(controller.address())) {
      old.send(new Envelope(9, new Message.Hello(1 << 1)));
      old.receive();
      assertThat(old.receive().message())
          .isInstanceOfSatisfying(
              Message.Refusal.class,
              refusal -> assertThat(refusal.code()).isEqualTo(new ErrorCode(0, 0)));
      assertThatThrownBy(old::receive).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aDeadSwitchIsAskedAndThenGone() throws Exception {
    try (Controller controller = controller();
        FakeSwitch dying = FakeSwitch.connect(controller.address(), 1)) {
      Datapath datapath = present(controller, 1);
      assertThat(dying.receive().message()).isEqualTo(new Message.EchoRequest(Octets.NONE));
      assertThat(observed.gone(datapath).code()).isEqualTo(Problem.Code.TIMEOUT);
      assertThat(controller.datapath(1)).isEmpty();
    }
  }

  @Test
  void whoAnswersStays() throws Exception {
    try (Controller controller = controller();
        FakeSwitch living = FakeSwitch.connect(controller.address(), 1)) {
      Datapath datapath = present(controller, 1);
      for (int i = 0; i < 5; i++) {
        Envelope question = living.receive();
        living.send(new Envelope(question.transaction(), new Message.EchoReply(Octets.NONE)));
      }
      assertThat(controller.datapath(1)).containsSame(datapath);
    }
  }

  @Test
  void signsOfLifeAreAnsweredWithWhatWasSent() throws Exception {
    try (Controller controller = controller();
        FakeSwitch asking = FakeSwitch.connect(controller.address(), 1)) {
      Octets data = Octets.of(new byte[] {1, 2, 3});
      asking.send(new Envelope(77, new Message.EchoRequest(data)));
      assertThat(asking.receive()).isEqualTo(new Envelope(77, new Message.EchoReply(data)));
    }
  }

  @Test
  void aNewConnectionOfADatapathTakesThePlaceOfTheOlder() throws Exception {
    try (Controller controller = controller();
        FakeSwitch first = FakeSwitch.connect(controller.address(), 1)) {
      Datapath older = present(controller, 1);
      try (FakeSwitch second = FakeSwitch.connect(controller.address(), 1)) {
        assertThatThrownBy(first::receive).isInstanceOf(EOFException.class);
        assertThat(observed.gone(older).code()).isEqualTo(Problem.Code.CONFLICT);
        second.send(new Envelope(5, new Message.PacketIn(-1, 0, 0, 0, 6, Match.ANY, Octets.NONE)));
        observed.message(Message.PacketIn.class, packet -> packet.cookie() == 6);
        Datapath newer = present(controller, 1);
        assertThat(newer).isNotSameAs(older);
        assertThat(observed.events.getFirst()).isEqualTo(new Observed.Event.Connected(older));
        assertThat(observed.events.get(1)).isInstanceOf(Observed.Event.Gone.class);
        assertThat(observed.events.get(2)).isEqualTo(new Observed.Event.Connected(newer));
      }
    }
  }

  @Test
  void whatIsNotUnderstoodDoesNotEndTheConnection() throws Exception {
    try (Controller controller = controller();
        FakeSwitch odd = FakeSwitch.connect(controller.address(), 1)) {
      odd.send(new Envelope(5, new Message.Unknown(99, Octets.of(new byte[1000]))));
      odd.send(ByteBuffer.wrap(new byte[] {4, 10, 0, 12, 0, 0, 0, 5, 1, 1, 1, 1}));
      odd.send(new Envelope(6, new Message.PacketIn(-1, 0, 0, 0, 8, Match.ANY, Octets.NONE)));
      observed.message(Message.PacketIn.class, packet -> packet.cookie() == 8);
      observed.message(Message.Unknown.class, unknown -> unknown.type() == 99);
    }
  }

  @Test
  void anAnswerThatIsNotUnderstoodIsTheProblemOfWhoAsked() throws Exception {
    try (Controller controller = controller();
        FakeSwitch odd = FakeSwitch.connect(controller.address(), 1)) {
      CompletableFuture<List<Port>> ports =
          CompletableFuture.supplyAsync(present(controller, 1)::ports);
      int number = odd.receive().transaction();
      ByteBuffer broken = ByteBuffer.allocate(20);
      broken.putInt(0x04130014).putInt(number).putInt(0x000d0000).putInt(0).putInt(1).flip();
      odd.send(broken);
      assertThat(ports)
          .failsWithin(LONG)
          .withThrowableThat()
          .withCauseInstanceOf(ProblemException.class)
          .withMessageContaining("not OpenFlow 1.3");
    }
  }

  @Test
  void whoAsksASwitchThatDoesNotAnswerIsToldInTime() throws Exception {
    try (Controller controller = controller();
        FakeSwitch slow = FakeSwitch.connect(controller.address(), 1)) {
      Datapath datapath = present(controller, 1);
      assertThatThrownBy(datapath::ports)
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.first().code()).isEqualTo(Problem.Code.TIMEOUT));
      assertThat(slow.receive().message()).isInstanceOf(Multipart.Request.class);
    }
  }

  @Test
  void whatWasCommittedWhenTheConnectionWasLostIsUncertain() throws Exception {
    try (Controller controller = controller();
        FakeSwitch dying = FakeSwitch.connect(controller.address(), 1)) {
      Datapath datapath = present(controller, 1);
      CompletableFuture<BundleOutcome> outcome =
          CompletableFuture.supplyAsync(() -> datapath.apply(List.of(FLOW)));
      Envelope closing = dying.receiveUpTo(Bundle.Step.CLOSE);
      dying.send(new Envelope(closing.transaction(), new Bundle.Control(1, Bundle.Step.CLOSED, 0)));
      dying.receiveUpTo(Bundle.Step.COMMIT);
      dying.close();
      assertThat(outcome).succeedsWithin(LONG).isInstanceOf(BundleOutcome.Uncertain.class);
    }
  }

  @Test
  void whatWasNotCommittedWhenTheConnectionWasLostIsNotChanged() throws Exception {
    try (Controller controller = controller();
        FakeSwitch dying = FakeSwitch.connect(controller.address(), 1)) {
      Datapath datapath = present(controller, 1);
      CompletableFuture<BundleOutcome> outcome =
          CompletableFuture.supplyAsync(() -> datapath.apply(List.of(FLOW)));
      dying.receiveUpTo(Bundle.Step.CLOSE);
      dying.close();
      assertThat(outcome).succeedsWithin(LONG).isInstanceOf(BundleOutcome.Refused.class);
    }
  }

  @Test
  void whoWritesToASwitchThatDoesNotReadIsReleasedWhenItIsDead() throws Exception {
    try (Controller controller = controller();
        FakeSwitch stuck = FakeSwitch.connect(controller.address(), 1)) {
      Datapath datapath = present(controller, 1);
      assertThat(datapath.apply(Collections.nCopies(100_000, FLOW)))
          .isInstanceOf(BundleOutcome.Refused.class);
      assertThat(observed.gone(datapath).code()).isEqualTo(Problem.Code.TIMEOUT);
      assertThat(stuck.receive().message()).isInstanceOf(Bundle.Control.class);
    }
  }

  @Test
  void noiseEndsItsOwnConnectionOnly() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Controller controller = controller();
        FakeSwitch good = FakeSwitch.connect(controller.address(), 1)) {
      Datapath datapath = present(controller, 1);
      for (int i = 0; i < 50; i++) {
        byte[] noise = new byte[2000];
        random.nextBytes(noise);
        try (FakeSwitch bad = FakeSwitch.connect(controller.address())) {
          bad.send(ByteBuffer.wrap(noise));
        } catch (IOException e) {
          assertThat(e).as("seed %d", seed).hasMessageContaining("Broken pipe");
        }
      }
      good.send(new Envelope(0, new Message.EchoRequest(Octets.NONE)));
      assertThat(good.receive().message()).isEqualTo(new Message.EchoReply(Octets.NONE));
      assertThat(controller.datapath(1)).containsSame(datapath);
    }
  }

  @Test
  void moreConnectionsThanAllowedAreRefused() throws Exception {
    try (Controller controller = controller();
        FakeSwitch first = FakeSwitch.connect(controller.address(), 1);
        FakeSwitch second = FakeSwitch.connect(controller.address(), 2);
        FakeSwitch third = FakeSwitch.connect(controller.address(), 3);
        FakeSwitch fourth = FakeSwitch.connect(controller.address(), 4)) {
      present(controller, 4);
      try (FakeSwitch fifth = FakeSwitch.connect(controller.address())) {
        assertThatThrownBy(fifth::receive).isInstanceOf(EOFException.class);
      }
      assertThat(List.of(first, second, third, fourth)).hasSize(4);
    }
  }

  @Test
  void closingEndsEverything() throws Exception {
    FakeSwitch left;
    Datapath datapath;
    try (Controller controller = controller()) {
      left = FakeSwitch.connect(controller.address(), 1);
      datapath = present(controller, 1);
    }
    try (left) {
      assertThatThrownBy(left::receive).isInstanceOf(EOFException.class);
    }
    assertThat(observed.events).last().isInstanceOf(Observed.Event.Gone.class);
    assertThatThrownBy(datapath::ports).isInstanceOf(ProblemException.class);
    assertThat(socket()).doesNotExist();
  }

  @Test
  void aListenerMayAskTheDatapathThatItIsToldOf() throws Exception {
    CompletableFuture<Boolean> asked = new CompletableFuture<>();
    DatapathListener curious =
        new DatapathListener() {
          @Override
          public void connected(Datapath datapath) {
            datapath.barrier();
            asked.complete(true);
          }

          @Override
          public void gone(Datapath datapath, Problem why) {}
        };
    try (Controller controller = Controller.listen(unix(), SHORT, curious);
        FakeSwitch asking = FakeSwitch.connect(controller.address(), 1)) {
      int number = asking.receive().transaction();
      asking.send(new Envelope(number, new Message.BarrierReply()));
      assertThat(asked.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void theSocketIsForThisUserOnlyAndAnotherControllerIsNotPushedAside() throws IOException {
    try (Controller controller = controller()) {
      assertThat(controller.address()).isEqualTo(unix());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-------");
      assertThatThrownBy(this::controller)
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("another controller");
    }
  }

  @Test
  void theSocketOfADeadProcessIsReplaced() throws IOException {
    ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX).bind(unix()).close();
    assertThat(socket()).exists();
    try (Controller controller = controller();
        FakeSwitch any = FakeSwitch.connect(controller.address())) {
      assertThat(any.receive().message()).isInstanceOf(Message.Hello.class);
    }
  }

  @Test
  void onlyLoopbackAddressesAreListenedTo() throws Exception {
    SocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Controller controller = Controller.listen(loopback, SHORT, observed);
        FakeSwitch any = FakeSwitch.connect(controller.address(), 5)) {
      assertThat(present(controller, 5).features().tables()).isEqualTo(254);
      any.send(new Envelope(0, new Message.BarrierReply()));
    }
    SocketAddress all = new InetSocketAddress("0.0.0.0", 0);
    assertThatThrownBy(() -> Controller.listen(all, SHORT, observed))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("loopback");
  }

  private Controller controller() {
    return Controller.listen(unix(), SHORT, observed);
  }

  private SocketAddress unix() {
    return UnixDomainSocketAddress.of(socket());
  }

  private Path socket() {
    return folder.resolve("socket");
  }

  private static Datapath present(Controller controller, long id) throws InterruptedException {
    return controller.await(id, LONG).orElseThrow();
  }
}
