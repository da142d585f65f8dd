package org.universalnode.switching.openvswitch.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFOxmList;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortStatsEntry;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;
import org.projectfloodlight.openflow.protocol.ver13.OFCapabilitiesSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFConfigFlagsSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFFlowModFlagsSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFFlowRemovedReasonSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFPacketInReasonSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFPortConfigSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFPortFeaturesSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFPortReasonSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFPortStateSerializerVer13;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFAuxId;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U32;
import org.projectfloodlight.openflow.types.U64;

/** Another implementation of OpenFlow 1.3: our messages as it would make them. */
final class Openflowj {
  private final OFFactory factory = OFFactories.getFactory(OFVersion.OF_13);
  private final OpenflowjFields fields = new OpenflowjFields(factory);

  byte[] encode(OFMessage message) {
    ByteBuf out = Unpooled.buffer();
    message.writeTo(out);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  OFMessage decode(byte[] bytes) throws OFParseError {
    return Objects.requireNonNull(factory.getReader().readFrom(Unpooled.wrappedBuffer(bytes)));
  }

  OFMessage of(Envelope envelope) {
    long xid = Integer.toUnsignedLong(envelope.transaction());
    return switch (envelope.message()) {
      case FlowMod mod -> flowMod(mod).setXid(xid).build();
      case FlowRemoved removed -> flowRemoved(removed, xid);
      case Message.Plain plain -> plain(plain, xid);
      case Multipart.Request(Multipart.Query query) -> request(query, xid);
      case Multipart.Reply reply -> reply(reply, xid);
      case Bundle bundle -> throw new IllegalArgumentException("no bundles in OpenFlow 1.3");
    };
  }

  private OFMessage plain(Message.Plain message, long xid) {
    return switch (message) {
      case Message.Hello(int versions) ->
          factory
              .buildHello()
              .setXid(xid)
              .setElements(List.of(factory.helloElemVersionbitmap(List.of(U32.of(versions)))))
              .build();
      case Message.Refusal refusal -> OpenflowjErrors.of(factory, refusal, xid);
      case Message.EchoRequest(Octets data) ->
          factory.buildEchoRequest().setXid(xid).setData(data.toArray()).build();
      case Message.EchoReply(Octets data) ->
          factory.buildEchoReply().setXid(xid).setData(data.toArray()).build();
      case Message.FeaturesRequest() -> factory.buildFeaturesRequest().setXid(xid).build();
      case Message.FeaturesReply reply -> features(reply, xid);
      case Message.GetConfigRequest() -> factory.buildGetConfigRequest().setXid(xid).build();
      case Message.GetConfigReply(int flags, int missBytes) ->
          factory
              .buildGetConfigReply()
              .setXid(xid)
              .setFlags(OFConfigFlagsSerializerVer13.ofWireValue((short) flags))
              .setMissSendLen(missBytes)
              .build();
      case Message.SetConfig(int flags, int missBytes) ->
          factory
              .buildSetConfig()
              .setXid(xid)
              .setFlags(OFConfigFlagsSerializerVer13.ofWireValue((short) flags))
              .setMissSendLen(missBytes)
              .build();
      case Message.PacketIn packet -> packetIn(packet, xid);
      case Message.PacketOut packet -> packetOut(packet, xid);
      case Message.PortStatus(Message.PortStatus.Change change, Port port) ->
          factory
              .buildPortStatus()
              .setXid(xid)
              .setReason(OFPortReasonSerializerVer13.ofWireValue((byte) change.number()))
              .setDesc(port(port))
              .build();
      case Message.BarrierRequest() -> factory.buildBarrierRequest().setXid(xid).build();
      case Message.BarrierReply() -> factory.buildBarrierReply().setXid(xid).build();
      case Message.Unknown unknown -> throw new IllegalArgumentException("unknown");
    };
  }

  private OFMessage features(Message.FeaturesReply reply, long xid) {
    return factory
        .buildFeaturesReply()
        .setXid(xid)
        .setDatapathId(DatapathId.of(reply.datapath()))
        .setNBuffers(reply.buffers())
        .setNTables((short) reply.tables())
        .setAuxiliaryId(OFAuxId.of(reply.auxiliary()))
        .setCapabilities(OFCapabilitiesSerializerVer13.ofWireValue(reply.capabilities()))
        .build();
  }

  private OFMessage packetIn(Message.PacketIn packet, long xid) {
    return factory
        .buildPacketIn()
        .setXid(xid)
        .setBufferId(OFBufferId.of(packet.buffer()))
        .setTotalLen(packet.size())
        .setReason(OFPacketInReasonSerializerVer13.ofWireValue((byte) packet.reason()))
        .setTableId(TableId.of(packet.table()))
        .setCookie(U64.of(packet.cookie()))
        .setMatch(match(packet.match()))
        .setData(packet.frame().toArray())
        .build();
  }

  private OFMessage packetOut(Message.PacketOut packet, long xid) {
    return factory
        .buildPacketOut()
        .setXid(xid)
        .setBufferId(OFBufferId.of(packet.buffer()))
        .setInPort(OFPort.of(packet.inPort()))
        .setActions(actions(packet.actions()))
        .setData(packet.frame().toArray())
        .build();
  }

  private OFFlowMod.Builder flowMod(FlowMod mod) {
    OFFlowMod.Builder builder =
        switch (mod.command()) {
          case ADD -> factory.buildFlowAdd();
          case MODIFY -> factory.buildFlowModify();
          case MODIFY_STRICT -> factory.buildFlowModifyStrict();
          case DELETE -> factory.buildFlowDelete();
          case DELETE_STRICT -> factory.buildFlowDeleteStrict();
        };
    return builder
        .setCookie(U64.of(mod.options().cookie()))
        .setCookieMask(U64.of(mod.options().cookieMask()))
        .setTableId(TableId.of(mod.table()))
        .setIdleTimeout(mod.options().idle())
        .setHardTimeout(mod.options().hard())
        .setPriority(mod.priority())
        .setBufferId(OFBufferId.of(mod.options().buffer()))
        .setOutPort(OFPort.of(mod.options().outPort()))
        .setOutGroup(OFGroup.of(mod.options().outGroup()))
        .setFlags(OFFlowModFlagsSerializerVer13.ofWireValue((short) mod.options().flags()))
        .setMatch(match(mod.match()))
        .setInstructions(instructions(mod.instructions()));
  }

  private OFMessage flowRemoved(FlowRemoved removed, long xid) {
    return factory
        .buildFlowRemoved()
        .setXid(xid)
        .setCookie(U64.of(removed.cookie()))
        .setPriority(removed.priority())
        .setReason(OFFlowRemovedReasonSerializerVer13.ofWireValue((byte) removed.reason()))
        .setTableId(TableId.of(removed.table()))
        .setDurationSec(removed.age().toSeconds())
        .setDurationNsec(removed.age().toNanosPart())
        .setIdleTimeout(removed.idleTimeout())
        .setHardTimeout(removed.hardTimeout())
        .setPacketCount(U64.of(removed.packets()))
        .setByteCount(U64.of(removed.bytes()))
        .setMatch(match(removed.match()))
        .build();
  }

  private OFMessage request(Multipart.Query query, long xid) {
    return switch (query) {
      case Multipart.Query.Description() -> factory.buildDescStatsRequest().setXid(xid).build();
      case Multipart.Query.Flows flows ->
          factory
              .buildFlowStatsRequest()
              .setXid(xid)
              .setTableId(TableId.of(flows.table()))
              .setOutPort(OFPort.of(flows.outPort()))
              .setOutGroup(OFGroup.of(flows.outGroup()))
              .setCookie(U64.of(flows.cookie()))
              .setCookieMask(U64.of(flows.cookieMask()))
              .setMatch(match(flows.match()))
              .build();
      case Multipart.Query.PortTraffic(int port) ->
          factory.buildPortStatsRequest().setXid(xid).setPortNo(OFPort.of(port)).build();
      case Multipart.Query.PortList() -> factory.buildPortDescStatsRequest().setXid(xid).build();
      case Multipart.Query.Unknown unknown -> throw new IllegalArgumentException("unknown");
    };
  }

  private OFMessage reply(Multipart.Reply reply, long xid) {
    Set<OFStatsReplyFlags> flags = reply.more() ? Set.of(OFStatsReplyFlags.REPLY_MORE) : Set.of();
    return switch (reply.part()) {
      case Multipart.Part.Description about ->
          factory
              .buildDescStatsReply()
              .setXid(xid)
              .setFlags(flags)
              .setMfrDesc(about.manufacturer())
              .setHwDesc(about.hardware())
              .setSwDesc(about.software())
              .setSerialNum(about.serial())
              .setDpDesc(about.datapath())
              .build();
      case Multipart.Part.Flows(List<FlowStats> flows) ->
          factory
              .buildFlowStatsReply()
              .setXid(xid)
              .setFlags(flags)
              .setEntries(flows.stream().map(this::flow).toList())
              .build();
      case Multipart.Part.PortTraffic(List<PortCounters> ports) ->
          factory
              .buildPortStatsReply()
              .setXid(xid)
              .setFlags(flags)
              .setEntries(ports.stream().map(this::counters).toList())
              .build();
      case Multipart.Part.PortList(List<Port> ports) ->
          factory
              .buildPortDescStatsReply()
              .setXid(xid)
              .setFlags(flags)
              .setEntries(ports.stream().map(this::port).toList())
              .build();
      case Multipart.Part.Unknown unknown -> throw new IllegalArgumentException("unknown");
    };
  }

  private OFFlowStatsEntry flow(FlowStats flow) {
    return factory
        .buildFlowStatsEntry()
        .setTableId(TableId.of(flow.table()))
        .setDurationSec(flow.age().toSeconds())
        .setDurationNsec(flow.age().toNanosPart())
        .setPriority(flow.priority())
        .setIdleTimeout(flow.idleTimeout())
        .setHardTimeout(flow.hardTimeout())
        .setFlags(OFFlowModFlagsSerializerVer13.ofWireValue((short) flow.flags()))
        .setCookie(U64.of(flow.cookie()))
        .setPacketCount(U64.of(flow.packets()))
        .setByteCount(U64.of(flow.bytes()))
        .setMatch(match(flow.match()))
        .setInstructions(instructions(flow.instructions()))
        .build();
  }

  private OFPortDesc port(Port port) {
    Port.Ethernet ethernet = port.ethernet();
    return factory
        .buildPortDesc()
        .setPortNo(OFPort.of(port.number()))
        .setHwAddr(MacAddress.of(port.address().bits()))
        .setName(port.name())
        .setConfig(OFPortConfigSerializerVer13.ofWireValue(port.config()))
        .setState(OFPortStateSerializerVer13.ofWireValue(port.state()))
        .setCurr(OFPortFeaturesSerializerVer13.ofWireValue(ethernet.current()))
        .setAdvertised(OFPortFeaturesSerializerVer13.ofWireValue(ethernet.advertised()))
        .setSupported(OFPortFeaturesSerializerVer13.ofWireValue(ethernet.supported()))
        .setPeer(OFPortFeaturesSerializerVer13.ofWireValue(ethernet.peer()))
        .setCurrSpeed(Integer.toUnsignedLong(ethernet.speed()))
        .setMaxSpeed(Integer.toUnsignedLong(ethernet.maxSpeed()))
        .build();
  }

  private OFPortStatsEntry counters(PortCounters port) {
    return factory
        .buildPortStatsEntry()
        .setPortNo(OFPort.of(port.port()))
        .setRxPackets(U64.of(port.received().packets()))
        .setTxPackets(U64.of(port.sent().packets()))
        .setRxBytes(U64.of(port.received().bytes()))
        .setTxBytes(U64.of(port.sent().bytes()))
        .setRxDropped(U64.of(port.received().dropped()))
        .setTxDropped(U64.of(port.sent().dropped()))
        .setRxErrors(U64.of(port.received().errors()))
        .setTxErrors(U64.of(port.sent().errors()))
        .setRxFrameErr(U64.of(port.faults().frame()))
        .setRxOverErr(U64.of(port.faults().overrun()))
        .setRxCrcErr(U64.of(port.faults().crc()))
        .setCollisions(U64.of(port.faults().collisions()))
        .setDurationSec(port.age().toSeconds())
        .setDurationNsec(port.age().toNanosPart())
        .build();
  }

  private org.projectfloodlight.openflow.protocol.match.Match match(Match match) {
    List<OFOxm<?>> oxms = new ArrayList<>();
    match.fields().forEach(tlv -> oxms.add(fields.of((OxmTlv.Field) tlv)));
    return factory.matchV3(OFOxmList.ofList(oxms));
  }

  private List<OFInstruction> instructions(List<Instruction> instructions) {
    return instructions.stream().map(this::instruction).toList();
  }

  private OFInstruction instruction(Instruction instruction) {
    return switch (instruction) {
      case Instruction.ApplyActions(List<Action> actions) ->
          factory.instructions().applyActions(actions(actions));
      case Instruction.WriteActions(List<Action> actions) ->
          factory.instructions().writeActions(actions(actions));
      case Instruction.ClearActions() -> factory.instructions().clearActions();
      case Instruction.WriteMetadata(long value, long mask) ->
          factory.instructions().writeMetadata(U64.of(value), U64.of(mask));
      case Instruction.GotoTable(int table) -> factory.instructions().gotoTable(TableId.of(table));
      case Instruction.Unknown unknown -> throw new IllegalArgumentException("unknown");
    };
  }

  private List<OFAction> actions(List<Action> actions) {
    return actions.stream().map(this::action).toList();
  }

  private OFAction action(Action action) {
    return switch (action) {
      case Action.Output(int port, int maxBytes) ->
          factory.actions().output(OFPort.of(port), maxBytes);
      case Action.PushVlan(int etherType) -> factory.actions().pushVlan(EthType.of(etherType));
      case Action.PopVlan() -> factory.actions().popVlan();
      case Action.SetField(OxmTlv.Field field) -> factory.actions().setField(fields.of(field));
      case Action.Group(int group) -> factory.actions().group(OFGroup.of(group));
      case Action.SetQueue(int queue) -> factory.actions().setQueue(Integer.toUnsignedLong(queue));
      case NiciraAction nicira -> throw new IllegalArgumentException("not in the standard");
      case Action.Unknown unknown -> throw new IllegalArgumentException("unknown");
    };
  }
}
