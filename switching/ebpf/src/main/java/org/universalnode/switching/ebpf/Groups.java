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
import org.universalnode.switching.devices.Digest;
import org.universalnode.switching.ebpf.Joints.Joint;
import org.universalnode.switching.ebpf.PortTable.Kind;

/**
 * Learning switches between ports of LSI-0. A group is there as long as it has a member, and its
 * number is none that another group had since the switch was opened.
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
  private int lastGroup;

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
    members.values().stream().map(Member::group).distinct().forEach(this::publish);
    forgetStrangers();
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
    } else {
      tell(name, present);
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
    int group = others.isEmpty() ? ++lastGroup : others.getFirst().group();
    Member made = new Member(port, groupName, group);
    members.put(name, made);
    tell(name, made);
    return made;
  }

  private void tell(ByteBuffer name, Member member) {
    joints.put(member.port(), new Joint(LsiId.BASE, Kind.GROUP, name));
    ports.lead(new LsiPort(LsiId.BASE, member.port()), Kind.GROUP, member.group());
    publish(member.group());
  }

  /** A member whose maker died before it was in a group is made again when it is asked for. */
  private void adopt(int port, Joint joint) {
    if (joint.kind() != Kind.GROUP) {
      return;
    }
    int group = ports.target(port);
    if (group == 0) {
      joints.remove(port);
      return;
    }
    ports.take(new LsiPort(LsiId.BASE, port));
    ports.lead(new LsiPort(LsiId.BASE, port), Kind.GROUP, group);
    lastGroup = Math.max(lastGroup, group);
    members.put(joint.name(), new Member(port, joint.name().slice(0, HALF), group));
  }

  /** Addresses learned at ports that are no members, of a process that died. */
  private void forgetStrangers() {
    List<Integer> known = members.values().stream().map(Member::port).toList();
    for (ByteBuffer key : plane.learned.keys()) {
      if (plane.learned.get(key).filter(at -> known.contains(at.getInt(0))).isEmpty()) {
        plane.learned.remove(key);
      }
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
