package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.devices.Digest;

/** What the kernel keeps for the control plane of ports that are no devices. */
final class Joints {
  static final int NAME_BYTES = 32;
  private static final int NAME_AT = 8;

  private final OwnMap joints;

  /**
   * A port that is no device.
   *
   * @param name digest of what it is, the same for both ends of a link
   */
  record Joint(LsiId lsi, PortTable.Kind kind, ByteBuffer name) {}

  Joints(OwnMap joints) {
    this.joints = joints;
  }

  static ByteBuffer name(String text) {
    return ByteBuffer.wrap(Digest.of(text, NAME_BYTES));
  }

  void put(int port, Joint joint) {
    ByteBuffer value = joints.value().putInt(joint.lsi().number()).putInt(joint.kind().number());
    joints.put(joints.key().putInt(port), value.put(joint.name().duplicate()));
  }

  void remove(int port) {
    joints.remove(joints.key().putInt(port));
  }

  /** By port. */
  Map<Integer, Joint> all() {
    Map<Integer, Joint> found = new HashMap<>();
    for (ByteBuffer key : joints.keys()) {
      Optional<ByteBuffer> value = joints.get(key);
      value.flatMap(Joints::read).ifPresent(joint -> found.put(key.getInt(0), joint));
    }
    return found;
  }

  private static Optional<Joint> read(ByteBuffer value) {
    ByteBuffer name = copy(value.slice(NAME_AT, NAME_BYTES));
    return PortTable.Kind.of(value.getInt(4))
        .map(kind -> new Joint(new LsiId(value.getInt(0)), kind, name));
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.capacity()).put(bytes).clear();
  }
}
