package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.universalnode.switching.openvswitch.openflow.FlowMod.Options;

/** The bytes of what is about flows. */
final class FlowCodec {
  private FlowCodec() {}

  static void write(ByteBuffer out, FlowMod mod) {
    Options options = mod.options();
    out.putLong(options.cookie());
    out.putLong(options.cookieMask());
    Wire.putU8(out, mod.table());
    Wire.putU8(out, mod.command().number());
    Wire.putU16(out, options.idle());
    Wire.putU16(out, options.hard());
    Wire.putU16(out, mod.priority());
    out.putInt(options.buffer());
    out.putInt(options.outPort());
    out.putInt(options.outGroup());
    Wire.putU16(out, options.flags());
    Wire.zeros(out, 2);
    mod.match().write(out);
    Wire.putAll(out, mod.instructions(), Instruction::write);
  }

  static FlowMod readMod(ByteBuffer in) {
    long cookie = in.getLong();
    long mask = in.getLong();
    int table = Wire.u8(in);
    FlowMod.Command command = command(Wire.u8(in));
    int idle = Wire.u16(in);
    int hard = Wire.u16(in);
    int priority = Wire.u16(in);
    int buffer = in.getInt();
    int outPort = in.getInt();
    int outGroup = in.getInt();
    int flags = Wire.u16(in);
    Wire.skip(in, 2);
    Match match = Match.read(in);
    List<Instruction> instructions = Wire.list(in, Instruction::read);
    Options options = new Options(cookie, mask, idle, hard, flags, buffer, outPort, outGroup);
    return new FlowMod(command, table, priority, match, instructions, options);
  }

  private static FlowMod.Command command(int number) {
    return Wire.constant(FlowMod.Command.values(), FlowMod.Command::number, number);
  }

  static void write(ByteBuffer out, FlowRemoved removed) {
    out.putLong(removed.cookie());
    Wire.putU16(out, removed.priority());
    Wire.putU8(out, removed.reason());
    Wire.putU8(out, removed.table());
    Wire.putAge(out, removed.age());
    Wire.putU16(out, removed.idleTimeout());
    Wire.putU16(out, removed.hardTimeout());
    out.putLong(removed.packets());
    out.putLong(removed.bytes());
    removed.match().write(out);
  }

  static FlowRemoved readRemoved(ByteBuffer in) {
    long cookie = in.getLong();
    int priority = Wire.u16(in);
    int reason = Wire.u8(in);
    int table = Wire.u8(in);
    Duration age = Wire.age(in);
    int idle = Wire.u16(in);
    int hard = Wire.u16(in);
    long packets = in.getLong();
    long bytes = in.getLong();
    return new FlowRemoved(
        cookie, priority, reason, table, age, idle, hard, packets, bytes, Match.read(in));
  }

  static void write(ByteBuffer out, FlowStats flow) {
    int start = out.position();
    Wire.putU16(out, 0);
    Wire.putU8(out, flow.table());
    Wire.zeros(out, 1);
    Wire.putAge(out, flow.age());
    Wire.putU16(out, flow.priority());
    Wire.putU16(out, flow.idleTimeout());
    Wire.putU16(out, flow.hardTimeout());
    Wire.putU16(out, flow.flags());
    Wire.zeros(out, 4);
    out.putLong(flow.cookie());
    out.putLong(flow.packets());
    out.putLong(flow.bytes());
    flow.match().write(out);
    Wire.putAll(out, flow.instructions(), Instruction::write);
    out.putShort(start, (short) (out.position() - start));
  }

  static FlowStats readStats(ByteBuffer whole) {
    ByteBuffer in = Wire.slice(whole, Wire.u16(whole) - 2);
    int table = Wire.u8(in);
    Wire.skip(in, 1);
    Duration age = Wire.age(in);
    int priority = Wire.u16(in);
    int idle = Wire.u16(in);
    int hard = Wire.u16(in);
    int flags = Wire.u16(in);
    Wire.skip(in, 4);
    long cookie = in.getLong();
    long packets = in.getLong();
    long bytes = in.getLong();
    Match match = Match.read(in);
    List<Instruction> instructions = Wire.list(in, Instruction::read);
    return new FlowStats(
        table, priority, match, instructions, cookie, age, idle, hard, flags, packets, bytes);
  }
}
