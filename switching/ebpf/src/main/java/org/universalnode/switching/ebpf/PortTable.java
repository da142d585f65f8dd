package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.universalnode.problem.Problem;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;

/**
 * The ports of all LSIs by their numbers, which are unique on the node and used again: what a frame
 * put out there reaches, and which rules a frame that comes in there meets.
 */
final class PortTable {
  /** SLOTS of the data plane. */
  static final int SLOTS = 4;

  static final int BYTES = 8 * SLOTS + 8;
  private static final int MOST = 32768;
  private static final int KIND_AT = 8 * SLOTS;
  private static final int TARGET_AT = KIND_AT + 4;

  /** What a port leads to; the numbers are the data plane's. */
  enum Kind {
    DEVICE(1),
    FUNCTION(2),
    LINK(3),
    GROUP(4),
    TUNNEL(5),

    /** A virtual link to an LSI that is a predecessor's still. */
    PREDECESSOR(6);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static Optional<Kind> of(int number) {
      return Arrays.stream(values()).filter(kind -> kind.number == number).findFirst();
    }
  }

  /**
   * The rules that an in-port has from a version on.
   *
   * @param generation of the table; {@link #NO_RULES}, or 0 if the slot is not used
   */
  record Slot(int version, int generation) {
    static final Slot UNUSED = new Slot(0, 0);

    /** NO_RULES of the data plane. */
    static final int NO_RULES = 1;

    /** As the data plane decides, for a walk that begins with {@code now}. */
    boolean isValid(int now) {
      return generation != 0 && now - version >= 0;
    }
  }

  private final DataPlane plane;
  private final OwnMap ports;
  private final BitSet used = new BitSet();
  private final Map<Integer, LsiId> owners = new HashMap<>();

  /** Which numbers are in use is told by {@link #take}. */
  PortTable(DataPlane plane) {
    this.plane = plane;
    this.ports = plane.ports;
    used.set(0);
  }

  /** The lowest free number, whose traffic is counted from now on. */
  synchronized int allocate() {
    int number = used.nextClearBit(1);
    if (number >= MOST) {
      throw Problem.of(
              Problem.Code.LIMIT, "the switch has no room for more than " + MOST + " ports")
          .next("delete a graph")
          .asException();
    }
    used.set(number);
    ports.put(key(number), ports.value()); // a process that died may have left something there
    plane.traffic.put(plane.traffic.key().putInt(number), plane.traffic.value());
    return number;
  }

  /** A number that an earlier process of the node gave. */
  synchronized void take(LsiPort port) {
    used.set(port.number());
    owners.put(port.number(), port.lsi());
  }

  /** Makes the number free; it leads nowhere. */
  synchronized void release(int number) {
    ports.put(key(number), ports.value());
    owners.remove(number);
    used.clear(number);
  }

  /** What leaves by the port goes there; which rules it has stays. */
  synchronized void lead(LsiPort from, Kind kind, int target) {
    ByteBuffer port = get(from.number());
    port.putInt(KIND_AT, kind.number()).putInt(TARGET_AT, target);
    ports.put(key(from.number()), port);
    owners.put(from.number(), from.lsi());
  }

  /** Whether the number is that LSI's now; it may have been another's a moment ago. */
  synchronized boolean has(LsiPort port) {
    return port.lsi().equals(owners.get(port.number()));
  }

  /** Whose the number is. */
  synchronized Optional<LsiId> owner(int number) {
    return Optional.ofNullable(owners.get(number));
  }

  boolean leads(int number, Kind kind) {
    return get(number).getInt(KIND_AT) == kind.number();
  }

  int target(int number) {
    return get(number).getInt(TARGET_AT);
  }

  Slot slot(int number, int index) {
    ByteBuffer port = get(number);
    return new Slot(port.getInt(8 * index), port.getInt(8 * index + 4));
  }

  /** The generation comes last, for walks may see a slot of which not all bytes are written. */
  synchronized void put(int number, int index, Slot slot) {
    ByteBuffer port = get(number);
    port.putInt(8 * index + 4, 0);
    ports.put(key(number), port);
    port.putInt(8 * index, slot.version());
    ports.put(key(number), port);
    port.putInt(8 * index + 4, slot.generation());
    ports.put(key(number), port);
  }

  private ByteBuffer get(int number) {
    Optional<ByteBuffer> port = ports.get(key(number));
    return port.orElseThrow(() -> new IllegalArgumentException("no port " + number));
  }

  private ByteBuffer key(int number) {
    return ports.key().putInt(number);
  }
}
