package org.universalnode.switching.ebpf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The instructions of one function in a compiled object (RFC 9669, in ELF). */
record BpfFunction(List<Instruction> instructions) {
  private static final int SYMBOLS = 2;
  private static final int SYMBOL_BYTES = 24;
  private static final int INSTRUCTION_BYTES = 8;

  /**
   * One instruction.
   *
   * @param code class and operation
   */
  record Instruction(int code, int destination, int source, int offset, int immediate) {}

  /** A section of the file: where it is, and which other one belongs to it. */
  private record Section(int type, int offset, int bytes, int link) {}

  static BpfFunction of(String object, String name) throws IOException {
    ByteBuffer file = read(object);
    Section symbols =
        IntStream.range(0, file.getShort(0x3c))
            .mapToObj(number -> section(file, number))
            .filter(section -> section.type() == SYMBOLS)
            .findFirst()
            .orElseThrow();
    int names = section(file, symbols.link()).offset();
    for (int at = 0; at < symbols.bytes(); at += SYMBOL_BYTES) {
      int symbol = symbols.offset() + at;
      if (string(file, names + file.getInt(symbol)).equals(name)) {
        int start = section(file, file.getShort(symbol + 6)).offset() + file.getInt(symbol + 8);
        return new BpfFunction(instructions(file, start, file.getInt(symbol + 16)));
      }
    }
    throw new IllegalArgumentException(object + " has no function " + name);
  }

  private static ByteBuffer read(String object) throws IOException {
    try (InputStream stream = BpfFunction.class.getResourceAsStream(object)) {
      byte[] bytes = Objects.requireNonNull(stream, object).readAllBytes();
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static Section section(ByteBuffer file, int number) {
    int at = file.getInt(0x28) + number * file.getShort(0x3a);
    return new Section(
        file.getInt(at + 4), file.getInt(at + 24), file.getInt(at + 32), file.getInt(at + 40));
  }

  private static List<Instruction> instructions(ByteBuffer file, int start, int bytes) {
    List<Instruction> all = new ArrayList<>();
    for (int at = start; at < start + bytes; at += INSTRUCTION_BYTES) {
      int registers = file.get(at + 1) & 0xff;
      all.add(
          new Instruction(
              file.get(at) & 0xff,
              registers & 15,
              registers >> 4,
              file.getShort(at + 2),
              file.getInt(at + 4)));
    }
    return all;
  }

  private static String string(ByteBuffer file, int at) {
    int end = at;
    while (file.get(end) != 0) {
      end++;
    }
    return StandardCharsets.US_ASCII.decode(file.slice(at, end - at)).toString();
  }
}
