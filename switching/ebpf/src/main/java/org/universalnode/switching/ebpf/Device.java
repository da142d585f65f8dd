package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;

/**
 * A device of the switch, as the kernel's map has it.
 *
 * @param port 0 if its frames belong to many ports
 * @param flags what its interface was not when it was given to the switch, and what the data plane
 *     has to know of it
 * @param name of its interface, which may be gone
 */
record Device(int port, LsiId lsi, int flags, String name) {
  static Device read(ByteBuffer value, String name) {
    return new Device(value.getInt(0), new LsiId(value.getInt(4)), value.getInt(8), name);
  }

  ByteBuffer put(ByteBuffer value) {
    return value.putInt(port).putInt(lsi.number()).putInt(flags);
  }

  LsiPort number() {
    return new LsiPort(lsi, port);
  }

  Device with(int otherFlags) {
    return new Device(port, lsi, otherFlags, name);
  }
}
