package org.universalnode.switching.openvswitch.openflow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.openvswitch.openflow.Message.BarrierRequest;
import org.universalnode.switching.openvswitch.openflow.Message.FeaturesReply;
import org.universalnode.switching.openvswitch.openflow.Message.PacketOut;
import org.universalnode.switching.openvswitch.openflow.Message.Refusal;
import org.universalnode.switching.openvswitch.openflow.Multipart.Part;
import org.universalnode.switching.openvswitch.openflow.Multipart.Query;

/**
 * A bridge as long as it is connected; when it comes back, that is another one. May be used by
 * several threads at once.
 */
public final class Datapath {
  /** OFPC_FRAG_NX_MATCH of Open vSwitch. */
  private static final int FRAGMENTS_ARE_MATCHED = 3;

  private static final int MOST_ENTRIES = 1_000_000;

  private final FeaturesReply features;
  private final Connection connection;
  private final Limits limits;

  Datapath(FeaturesReply features, Connection connection, Limits limits) {
    this.features = features;
    this.connection = connection;
    this.limits = limits;
  }

  public long id() {
    return features.datapath();
  }

  public FeaturesReply features() {
    return features;
  }

  /**
   * Changes flows in this order, as one change: every frame meets all of it or nothing. When this
   * returns, the flow tables are changed; what the data path caches of them follows within moments.
   */
  public BundleOutcome apply(List<FlowMod> changes) {
    return new AtomicChange(connection, limits, changes).run();
  }

  /**
   * The flows whose cookies have these bits, in all tables.
   *
   * @param mask which bits of the cookie count
   * @throws ProblemException if the switch refuses, does not answer, or has gone
   */
  public List<FlowStats> flows(long cookie, long mask) {
    return ask(
        Query.Flows.of(cookie, mask),
        part -> part instanceof Part.Flows(List<FlowStats> flows) ? flows : strange(part));
  }

  /**
   * The ports that there are.
   *
   * @throws ProblemException if the switch refuses, does not answer, or has gone
   */
  public List<Port> ports() {
    return ask(
        new Query.PortList(),
        part -> part instanceof Part.PortList(List<Port> ports) ? ports : strange(part));
  }

  /**
   * What went through each port.
   *
   * @throws ProblemException if the switch refuses, does not answer, or has gone
   */
  public List<PortCounters> portCounters() {
    return ask(
        new Query.PortTraffic(PortNumber.ANY),
        part -> part instanceof Part.PortTraffic(List<PortCounters> ports) ? ports : strange(part));
  }

  /**
   * What the switch says it is.
   *
   * @throws ProblemException if the switch refuses, does not answer, or has gone
   */
  public Part.Description description() {
    return ask(
            new Query.Description(),
            part -> part instanceof Part.Description about ? List.of(about) : strange(part))
        .getFirst();
  }

  /**
   * Waits until the switch has done all that it was told before.
   *
   * @throws ProblemException if it does not within the limit, or has gone
   */
  public void barrier() {
    exchange(new BarrierRequest());
  }

  /**
   * Has matches see fragments as they are: the transport header of the first one, and bit 1 of
   * {@link Oxm#IP_FRAG} at the others. Otherwise no fragment would have a transport header.
   *
   * @throws ProblemException if the switch has gone
   */
  public void matchFragments() {
    Message wanted = new Message.SetConfig(FRAGMENTS_ARE_MATCHED, 0);
    connection.send(MessageBuffer.of(new Envelope(0, wanted)));
  }

  /**
   * Sends a frame through the switch; what it does not like of it is told to the listener.
   *
   * @throws ProblemException if the switch has gone
   */
  public void send(PacketOut packet) {
    connection.send(MessageBuffer.of(new Envelope(0, packet)));
  }

  /** Ends the connection; the switch will connect again. */
  public void disconnect() {
    connection.close(Connection.closedByUs());
  }

  void replaced() {
    connection.close(
        Problem.of(Problem.Code.CONFLICT, "the switch has connected once more")
            .next("see that no two bridges have the same datapath id"));
  }

  private <T> List<T> ask(Query query, Function<Part, List<T>> entries) {
    List<T> all = new ArrayList<>();
    try (Transaction transaction = connection.begin(1)) {
      Message question = new Multipart.Request(query);
      connection.send(MessageBuffer.of(new Envelope(transaction.number(0), question)));
      boolean more = true;
      while (more) {
        Multipart.Reply reply = reply(transaction.next(limits.answer()).message(), question);
        all.addAll(entries.apply(reply.part()));
        more = reply.more();
        checkSize(all);
      }
    }
    return all;
  }

  private void exchange(Message question) {
    try (Transaction transaction = connection.begin(1)) {
      connection.send(MessageBuffer.of(new Envelope(transaction.number(0), question)));
      if (transaction.next(limits.answer()).message() instanceof Refusal refusal) {
        throw refusal.code().problem(question.toString()).asException();
      }
    }
  }

  private static Multipart.Reply reply(Message answer, Message question) {
    return switch (answer) {
      case Multipart.Reply reply -> reply;
      case Refusal(ErrorCode code, Octets data) ->
          throw code.problem(question.toString()).asException();
      default -> throw Wire.malformed("no answer to " + question + ": " + answer);
    };
  }

  private static <T> List<T> strange(Part part) {
    throw Wire.malformed("another answer than was asked for: " + part);
  }

  private static void checkSize(List<?> entries) {
    if (entries.size() > MOST_ENTRIES) {
      throw Problem.of(Problem.Code.LIMIT, "the switch has more than " + MOST_ENTRIES + " entries")
          .next("ask for fewer, by cookie")
          .asException();
    }
  }

  /** As Open vSwitch writes it. */
  @Override
  public String toString() {
    return "datapath %016x".formatted(id());
  }
}
