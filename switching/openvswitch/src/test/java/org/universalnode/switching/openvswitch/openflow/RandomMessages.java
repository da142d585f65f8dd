package org.universalnode.switching.openvswitch.openflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.MacAddress;

/** Messages of all kinds with all kinds of values, the same for the same seed. */
final class RandomMessages {
  private static final int FLOW_FLAGS = 0x1f;
  private static final int PORT_FEATURES = 0xffff;

  private final Random random;

  RandomMessages(long seed) {
    this.random = new Random(seed);
  }

  /** One that is in the standard. */
  Message standard() {
    return oneOf(
        () -> new Message.Hello(1 << 4 | 1 << random.nextInt(8)),
        () -> new Message.Refusal(new ErrorCode(random.nextInt(6), random.nextInt(2)), frame()),
        () -> new Message.EchoRequest(frame()),
        () -> new Message.EchoReply(frame()),
        Message.FeaturesRequest::new,
        this::features,
        Message.GetConfigRequest::new,
        () -> new Message.GetConfigReply(random.nextInt(3), u16()),
        () -> new Message.SetConfig(random.nextInt(3), u16()),
        this::packetIn,
        () -> new Message.PacketOut(-1, port(), standardActions(), frame()),
        () -> new Message.PortStatus(any(Message.PortStatus.Change.values()), portDescription()),
        Message.BarrierRequest::new,
        Message.BarrierReply::new,
        this::standardFlowMod,
        this::flowRemoved,
        () -> new Multipart.Request(query()),
        () -> new Multipart.Reply(random.nextBoolean(), part()));
  }

  /** One that has things of Open vSwitch, of ONF, or that nobody knows. */
  Message extended() {
    return oneOf(
        () -> flowMod(match(Oxm.values()), instructions(this::actions)),
        () -> new Message.PacketOut(-1, port(), actions(), frame()),
        () -> new Message.Unknown(30 + random.nextInt(200), frame()),
        () -> new Message.Refusal(new ErrorCode(0x4f4e4600, 0, 2300 + u8() % 20), frame()),
        () -> new Multipart.Request(new Multipart.Query.Unknown(100 + u8(), frame())),
        () -> new Multipart.Reply(true, new Multipart.Part.Unknown(100 + u8(), frame())),
        () -> new Bundle.Control(random.nextInt(), any(Bundle.Step.values()), u16()),
        () -> new Bundle.Add(random.nextInt(), u16(), standard()));
  }

  FlowMod standardFlowMod() {
    return flowMod(standardMatch(), instructions(this::standardActions));
  }

  private FlowMod flowMod(Match match, List<Instruction> instructions) {
    return new FlowMod(any(FlowMod.Command.values()), u8(), u16(), match, instructions, options());
  }

  private FlowMod.Options options() {
    return new FlowMod.Options(
        random.nextLong(),
        random.nextLong(),
        u16(),
        u16(),
        random.nextInt() & FLOW_FLAGS,
        random.nextInt(),
        port(),
        random.nextInt());
  }

  private Message features() {
    return new Message.FeaturesReply(
        random.nextLong(), random.nextInt(1 << 20), u8(), u8(), random.nextInt() & 0x16f);
  }

  private Message packetIn() {
    int reason = random.nextInt(3);
    return new Message.PacketIn(
        random.nextInt(), u16(), reason, u8(), random.nextLong(), standardMatch(), frame());
  }

  private Message flowRemoved() {
    return new FlowRemoved(
        random.nextLong(),
        u16(),
        random.nextInt(4),
        u8(),
        age(),
        u16(),
        u16(),
        random.nextLong(),
        random.nextLong(),
        standardMatch());
  }

  private Multipart.Query query() {
    return oneOf(
        Multipart.Query.Description::new,
        () ->
            new Multipart.Query.Flows(
                u8(),
                port(),
                random.nextInt(),
                random.nextLong(),
                random.nextLong(),
                standardMatch()),
        () -> new Multipart.Query.PortTraffic(port()),
        Multipart.Query.PortList::new);
  }

  private Multipart.Part part() {
    return oneOf(
        () -> new Multipart.Part.Description(text(), text(), text(), text(), text()),
        () -> new Multipart.Part.Flows(several(this::flowStats)),
        () -> new Multipart.Part.PortTraffic(several(this::portCounters)),
        () -> new Multipart.Part.PortList(several(this::portDescription)));
  }

  private FlowStats flowStats() {
    return new FlowStats(
        u8(),
        u16(),
        standardMatch(),
        instructions(this::standardActions),
        random.nextLong(),
        age(),
        u16(),
        u16(),
        random.nextInt() & FLOW_FLAGS,
        random.nextLong(),
        random.nextLong());
  }

  private PortCounters portCounters() {
    PortCounters.Faults faults =
        new PortCounters.Faults(
            random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    return new PortCounters(port(), traffic(), traffic(), faults, age());
  }

  private PortCounters.Traffic traffic() {
    return new PortCounters.Traffic(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private Port portDescription() {
    Port.Ethernet ethernet =
        new Port.Ethernet(
            random.nextInt() & PORT_FEATURES,
            random.nextInt() & PORT_FEATURES,
            random.nextInt() & PORT_FEATURES,
            random.nextInt() & PORT_FEATURES,
            random.nextInt(),
            random.nextInt());
    MacAddress mac = new MacAddress(random.nextLong() >>> 16);
    int config = random.nextInt() & 0x65;
    return new Port(port(), mac, text(), config, random.nextInt(8), ethernet);
  }

  Match standardMatch() {
    return match(EnumSet.range(Oxm.IN_PORT, Oxm.TUNNEL_ID).toArray(Oxm[]::new));
  }

  /** Each field at most once. */
  private Match match(Oxm[] fields) {
    EnumSet<Oxm> chosen = EnumSet.noneOf(Oxm.class);
    for (int i = random.nextInt(8); i > 0; i--) {
      chosen.add(any(fields));
    }
    return new Match(chosen.stream().<OxmTlv>map(this::field).toList());
  }

  private OxmTlv.Field field(Oxm oxm) {
    Bits value = value(oxm);
    Bits mask = new Bits(random.nextLong(), random.nextLong() | 1);
    boolean masked = oxm.isMaskable() && random.nextBoolean();
    return new OxmTlv.Field(oxm, value, masked ? mask : oxm.mask());
  }

  private List<Instruction> instructions(Supplier<List<Action>> actions) {
    return several(
        () ->
            oneOf(
                () -> new Instruction.ApplyActions(actions.get()),
                () -> new Instruction.WriteActions(actions.get()),
                Instruction.ClearActions::new,
                () -> new Instruction.WriteMetadata(random.nextLong(), random.nextLong()),
                () -> new Instruction.GotoTable(u8())));
  }

  private List<Action> standardActions() {
    return several(this::standardAction);
  }

  private List<Action> actions() {
    return several(() -> oneOf(this::standardAction, this::niciraAction, this::unknownAction));
  }

  private Action standardAction() {
    return oneOf(
        () -> new Action.Output(port(), u16()),
        () -> new Action.PushVlan(random.nextBoolean() ? 0x8100 : 0x88a8),
        Action.PopVlan::new,
        () -> new Action.SetField(settable()),
        () -> new Action.Group(random.nextInt()),
        () -> new Action.SetQueue(random.nextInt()));
  }

  private OxmTlv.Field settable() {
    Oxm oxm = any(EnumSet.range(Oxm.METADATA, Oxm.TUNNEL_ID).toArray(Oxm[]::new));
    return new OxmTlv.Field(oxm, value(oxm), oxm.mask());
  }

  /** No protocol 255, which openflowj does not have. */
  private Bits value(Oxm oxm) {
    Bits value = new Bits(random.nextLong(), random.nextLong());
    return oxm == Oxm.IP_PROTO ? value.without(Bits.of(1)) : value;
  }

  private Action unknownAction() {
    Octets body = Octets.of(bytes(4 + 8 * random.nextInt(4)));
    return new Action.Unknown(100 + u8(), body);
  }

  private Action niciraAction() {
    return oneOf(
        () -> new NiciraAction.Load(subfield(1 + random.nextInt(16)), random.nextLong()),
        () -> {
          int count = 1 + random.nextInt(16);
          return new NiciraAction.Move(subfield(count), subfield(count));
        },
        () -> new NiciraAction.Resubmit(u16(), u8()),
        () -> new NiciraAction.OutputFrom(Oxm.REG1.bits(random.nextInt(16), 16), u16()),
        this::learn);
  }

  private NiciraAction.Learn learn() {
    return new NiciraAction.Learn(
        u16(), u16(), u16(), random.nextLong(), u16(), u8(), u16(), u16(), several(this::learnt));
  }

  private NiciraAction.Part learnt() {
    int count = 1 + random.nextInt(16);
    long value = random.nextLong() & (1L << count) - 1;
    return oneOf(
        () -> new NiciraAction.Part.MatchValue(subfield(count), value),
        () -> new NiciraAction.Part.LoadValue(subfield(count), value),
        () -> new NiciraAction.Part.MatchField(subfield(count), subfield(count)),
        () -> new NiciraAction.Part.LoadField(subfield(count), subfield(count)),
        () -> new NiciraAction.Part.OutputField(subfield(count)));
  }

  private Subfield subfield(int count) {
    List<Oxm> wide = Stream.of(Oxm.values()).filter(oxm -> oxm.width() >= count).toList();
    Oxm oxm = wide.get(random.nextInt(wide.size()));
    return oxm.bits(random.nextInt(oxm.width() - count + 1), count);
  }

  Octets frame() {
    return Octets.of(bytes(random.nextInt(100)));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private String text() {
    return Integer.toString(random.nextInt(), 36);
  }

  private Duration age() {
    return Duration.ofSeconds(random.nextInt(1 << 30), random.nextInt(1_000_000_000));
  }

  private int port() {
    return random.nextInt(4) == 0 ? PortNumber.IN_PORT : 1 + random.nextInt(1 << 16);
  }

  private int u16() {
    return random.nextInt(1 << 16);
  }

  private int u8() {
    return random.nextInt(1 << 8);
  }

  private <T> List<T> several(Supplier<T> each) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(each.get());
    }
    return list;
  }

  private <T> T any(T[] all) {
    return all[random.nextInt(all.length)];
  }

  @SafeVarargs
  private <T> T oneOf(Supplier<? extends T>... all) {
    return all[random.nextInt(all.length)].get();
  }
}
