package org.universalnode.switching.kit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.universalnode.nffg.EtherType;
import org.universalnode.nffg.HeaderField;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.FrameWriter;

/** Frames of all kinds that switches look into, and of some that they don't. */
public final class RandomFrames {
  private static final int MOST_PADDING = 24;

  private final Draw draw;
  private final Pool pool;
  private final FrameKnobs knobs;
  private final RandomPackets packets;

  public RandomFrames(long seed, FrameKnobs knobs) {
    this.draw = new Draw(seed);
    this.pool = new Pool(draw);
    this.knobs = knobs;
    this.packets = new RandomPackets(draw, knobs);
  }

  public List<Frame> frames(int count) {
    return Stream.generate(this::next).limit(count).toList();
  }

  public Frame next() {
    FrameWriter writer = new FrameWriter();
    writer.numbers(6, pool.number(HeaderField.DEST_MAC), pool.number(HeaderField.SOURCE_MAC));
    tags(writer);
    payload(writer);
    if (draw.onceIn(4)) {
      writer.bytes(draw.bytes(draw.upTo(MOST_PADDING)));
    }
    Frame whole = Frame.of(writer.written());
    Frame frame = knobs.wrongChecksums() && draw.onceIn(3) ? whole : whole.withRightChecksums();
    return knobs.damaged() && draw.onceIn(10) ? cut(frame) : frame;
  }

  private Frame cut(Frame frame) {
    return Frame.of(Arrays.copyOf(frame.bytes(), draw.upTo(frame.size())));
  }

  private void tags(FrameWriter writer) {
    int count = draw.onceIn(2) ? 0 : draw.upTo(knobs.mostTags());
    for (int i = 0; i < count; i++) {
      int type = knobs.providerTags() && draw.onceIn(3) ? 0x88a8 : 0x8100;
      long priority = pool.number(HeaderField.VLAN_PRIORITY) << 13;
      int dropEligible = knobs.providerTags() && draw.onceIn(4) ? 0x1000 : 0;
      long vlan = pool.number(HeaderField.VLAN) & 0x0fff;
      writer.numbers(2, type, priority | dropEligible | vlan);
    }
  }

  private void payload(FrameWriter writer) {
    switch (draw.upTo(19)) {
      case 0, 1 -> arp(writer);
      case 2 -> mpls(writer);
      case 3 -> other(writer);
      case 4, 5, 6, 7, 8, 9, 10 -> packets.ipv6(writer.numbers(2, EtherType.IPV6));
      default -> packets.ipv4(writer.numbers(2, EtherType.IPV4));
    }
  }

  private void arp(FrameWriter writer) {
    int hardware = knobs.damaged() && draw.onceIn(6) ? 6 : 1;
    writer.numbers(2, EtherType.ARP, hardware, EtherType.IPV4).numbers(1, 6, 4);
    writer.numbers(2, pool.number(HeaderField.ARP_OPCODE) & 0xff);
    writer.numbers(6, pool.number(HeaderField.ARP_SOURCE_MAC));
    writer.numbers(4, pool.number(HeaderField.ARP_SOURCE_IP));
    writer.numbers(6, pool.number(HeaderField.ARP_TARGET_MAC));
    writer.numbers(4, pool.number(HeaderField.ARP_TARGET_IP));
  }

  private void mpls(FrameWriter writer) {
    int type = draw.onceIn(2) ? EtherType.MPLS : EtherType.MPLS_MULTICAST;
    long label = pool.number(HeaderField.MPLS_LABEL) << 12;
    long trafficClass = pool.number(HeaderField.MPLS_TRAFFIC_CLASS) << 9;
    int bottomOfStack = 0x100;
    writer.numbers(2, type).numbers(4, label | trafficClass | bottomOfStack | 64);
    writer.bytes(draw.bytes(20));
  }

  /** Link layer discovery, the length of a frame without a type, or a type that is not true. */
  private void other(FrameWriter writer) {
    long type =
        switch (knobs.damaged() ? draw.upTo(3) : 0) {
          case 1 -> 46;
          case 2 -> pool.number(HeaderField.ETHER_TYPE);
          default -> 0x88cc;
        };
    writer.numbers(2, type).bytes(draw.bytes(draw.upTo(60)));
  }
}
