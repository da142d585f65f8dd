package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.linux.GracePeriod;
import org.universalnode.problem.Problem;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.ebpf.Joints.Joint;
import org.universalnode.switching.ebpf.PortTable.Kind;

/**
 * Learning switches between ports of LSI-0. A group is there as long as it has a member, and its
 * number is that of its first member.
 */
final class Groups {
  /** MOST_MEMBERS of the data plane. */
  private static final int MOST_MEMBERS = 32;

  static final int MEMBERS_BYTES = 4 + 4 * MOST_MEMBERS;
  private static final int HALF = Joints.NAME_BYTES / 2;

  private final DataPlane plane;
  private final PortTable ports;
  private final Joints joints;
  private final GracePeriod grace;
  private final Map<ByteBuffer, Member> members = new HashMap<>();

  /**
   * One port.
   *
   * @param groupName digest of the group's name
   */
  private record Member(int port, ByteBuffer groupName, int group) {}

  Groups(DataPlane plane, PortTable ports, Joints joints, GracePeriod grace) {
    this.plane = plane;
    this.ports = ports;
    this.joints = joints;
    this.grace = grace;
    joints.all().forEach(this::adopt);
  }

  /**
   * Makes a port of the group, or finds it.
   *
   * @param identity names the port on this node for ever
   */
  synchronized LsiPort join(String identity, String group) {
    ByteBuffer name = name(identity, group);
    Member present = members.get(name);
    if (present == null) {
      present = add(name);
    }
    return new LsiPort(LsiId.BASE, present.port());
  }

  /** The port that was there. */
  synchronized Optional<LsiPort> leave(String identity, String group) {
    return leave(name(identity, group));
  }

  private Optional<LsiPort> leave(ByteBuffer name) {
    Member member = members.remove(name);
    if (member == null) {
      return Optional.empty();
    }
    joints.remove(member.port());
    publish(member.group());
    grace.afterwards(
        () -> {
          forgetAddresses(member.port());
          ports.release(member.port());
        });
    return Optional.of(new LsiPort(LsiId.BASE, member.port()));
  }

  synchronized void leave(LsiPort port) {
    members.entrySet().stream()
        .filter(entry -> port.equals(new LsiPort(LsiId.BASE, entry.getValue().port())))
        .map(Map.Entry::getKey)
        .findFirst()
        .ifPresent(this::leave);
  }

  synchronized List<LsiPort> all() {
    return members.values().stream().map(m -> new LsiPort(LsiId.BASE, m.port())).toList();
  }

  private Member add(ByteBuffer name) {
    ByteBuffer groupName = name.slice(0, HALF);
    List<Member> others =
        members.values().stream().filter(m -> m.groupName().equals(groupName)).toList();
    if (others.size() >= MOST_MEMBERS) {
      throw Problem.of(
              Problem.Code.LIMIT, "the internal group has " + MOST_MEMBERS + " ports already")
          .next("use another group")
          .asException();
    }
    int port = ports.allocate();
    int group = others.isEmpty() ? port : others.getFirst().group();
    joints.put(port, new Joint(LsiId.BASE, Kind.GROUP, name));
    ports.lead(port, Kind.GROUP, group);
    Member made = new Member(port, groupName, group);
    members.put(name, made);
    publish(group);
    return made;
  }

  private void adopt(int port, Joint joint) {
    if (joint.kind() == Kind.GROUP) {
      ports.take(port);
      int group = ports.target(port);
      members.put(joint.name(), new Member(port, joint.name().slice(0, HALF), group));
    }
  }

  /** Tells the data plane who is flooded. */
  private void publish(int group) {
    List<Integer> all =
        members.values().stream()
            .filter(member -> member.group() == group)
            .map(Member::port)
            .sorted()
            .toList();
    ByteBuffer key = plane.groups.key().putInt(group);
    if (all.isEmpty()) {
      plane.groups.remove(key);
    } else {
      ByteBuffer value = plane.groups.value().putInt(all.size());
      all.forEach(value::putInt);
      plane.groups.put(key, value);
    }
  }

  private void forgetAddresses(int port) {
    for (ByteBuffer key : plane.learned.keys()) {
      boolean there = plane.learned.get(key).filter(at -> at.getInt(0) == port).isPresent();
      if (there) {
        plane.learned.remove(key);
      }
    }
  }

  private static ByteBuffer name(String identity, String group) {
    return ByteBuffer.allocate(Joints.NAME_BYTES)
        .put(Digest.of(group, HALF))
        .put(Digest.of(identity, HALF))
        .clear();
  }
}
