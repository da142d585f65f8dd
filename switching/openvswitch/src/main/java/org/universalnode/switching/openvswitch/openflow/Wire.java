package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.universalnode.nffg.Bits;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** What all structures of OpenFlow have in common. Numbers are big endian and unsigned. */
final class Wire {
  private Wire() {}

  static int u8(ByteBuffer in) {
    return Byte.toUnsignedInt(in.get());
  }

  static int u16(ByteBuffer in) {
    return Short.toUnsignedInt(in.getShort());
  }

  static void putU8(ByteBuffer out, int value) {
    out.put((byte) value);
  }

  static void putU16(ByteBuffer out, int value) {
    out.putShort((short) value);
  }

  static void skip(ByteBuffer in, int count) {
    in.position(in.position() + checked(in, count));
  }

  static void zeros(ByteBuffer out, int count) {
    for (int i = 0; i < count; i++) {
      out.put((byte) 0);
    }
  }

  /** Zeros up to the next multiple of eight bytes from {@code start}. */
  static void pad(ByteBuffer out, int start) {
    zeros(out, -(out.position() - start) & 7);
  }

  /** A structure of that many bytes, whose bytes are skipped here. */
  static ByteBuffer slice(ByteBuffer in, int size) {
    ByteBuffer part = in.slice(in.position(), checked(in, size));
    skip(in, size);
    return part;
  }

  /**
   * The structure that starts here with two bytes of type and two of length, which counts them; the
   * slice is what follows the four.
   */
  static ByteBuffer structure(ByteBuffer in, int length) {
    if (length < 4) {
      throw malformed("a structure of " + length + " bytes is shorter than its own header");
    }
    return slice(in, length - 4);
  }

  /** Sets the 16-bit length at {@code start + 2} to what has been written since {@code start}. */
  static void length(ByteBuffer out, int start) {
    out.putShort(start + 2, (short) (out.position() - start));
  }

  static <T> List<T> list(ByteBuffer in, Function<ByteBuffer, T> reader) {
    List<T> list = new ArrayList<>();
    while (in.hasRemaining()) {
      list.add(reader.apply(in));
    }
    return list;
  }

  static <T> void putAll(ByteBuffer out, List<? extends T> list, BiConsumer<ByteBuffer, T> writer) {
    for (T each : list) {
      writer.accept(out, each);
    }
  }

  static Bits bits(ByteBuffer in, int bytes) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < bytes; i++) {
      high = high << 8 | low >>> 56;
      low = low << 8 | u8(in);
    }
    return new Bits(high, low);
  }

  static void putBits(ByteBuffer out, Bits bits, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.put((byte) (shift >= 64 ? bits.high() >>> (shift - 64) : bits.low() >>> shift));
    }
  }

  /** A text in a field of {@code size} bytes, filled with zeros; what does not fit is cut. */
  static void putText(ByteBuffer out, String text, int size) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, size - 1);
    out.put(bytes, 0, length);
    zeros(out, size - length);
  }

  static String text(ByteBuffer in, int size) {
    byte[] bytes = new byte[checked(in, size)];
    in.get(bytes);
    int length = 0;
    while (length < size && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Seconds and nanoseconds, 32 bits each. */
  static void putAge(ByteBuffer out, Duration age) {
    out.putInt((int) age.toSeconds()).putInt(age.toNanosPart());
  }

  static Duration age(ByteBuffer in) {
    return Duration.ofSeconds(
        Integer.toUnsignedLong(in.getInt()), Integer.toUnsignedLong(in.getInt()));
  }

  /** The constant with that number. */
  static <E> E constant(E[] constants, ToIntFunction<E> numbers, int number) {
    return Arrays.stream(constants)
        .filter(constant -> numbers.applyAsInt(constant) == number)
        .findFirst()
        .orElseThrow(() -> malformed(number + " is none of " + Arrays.toString(constants)));
  }

  static int checked(ByteBuffer in, int size) {
    if (size < 0 || size > in.remaining()) {
      throw malformed(size + " bytes are announced, " + in.remaining() + " are there");
    }
    return size;
  }

  static ProblemException malformed(String detail) {
    return Problem.of(Problem.Code.INTERNAL, "a message is not OpenFlow 1.3: " + detail)
        .next("see that the peer is Open vSwitch, and report this if it is")
        .asException();
  }
}
