package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * Runs a program of the traffic control kind on a made-up frame (BPF_PROG_TEST_RUN of bpf(2)). What
 * it sends to devices besides the frame itself is really sent.
 */
public final class BpfTestRun {
  private static final int CONTEXT_BYTES = 192;
  private static final int CONTEXT_IFINDEX = 40;
  private static final int MOST_BYTES = 4096;

  private BpfTestRun() {}

  /**
   * What came of it.
   *
   * @param verdict the program's answer: TC_ACT_SHOT is 2, TC_ACT_REDIRECT 7
   * @param frame as the program left it; a tag that the kernel keeps beside the frame is missing
   */
  public record Outcome(int verdict, ByteBuffer frame) {}

  /** Runs it once, on the processor of the calling thread, as if the frame had come by a link. */
  public static Outcome run(BpfProgram program, int link, byte[] frame) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(MOST_BYTES, 8);
      MemorySegment attributes = attributes(arena, program, link, frame);
      attributes.set(ValueLayout.JAVA_INT, 12, MOST_BYTES);
      attributes.set(ValueLayout.JAVA_LONG, 24, out.address());
      Bpf.call(Bpf.PROG_TEST_RUN, "run program on " + frame.length + " bytes", attributes);
      int bytes = attributes.get(ValueLayout.JAVA_INT, 12);
      return new Outcome(
          attributes.get(ValueLayout.JAVA_INT, 4),
          ByteBuffer.wrap(out.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE)));
    }
  }

  /** How long one run takes on average, in nanoseconds, of so many in a row. */
  public static int nanoseconds(BpfProgram program, int link, byte[] frame, int runs) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = attributes(arena, program, link, frame);
      attributes.set(ValueLayout.JAVA_INT, 32, runs);
      Bpf.call(Bpf.PROG_TEST_RUN, "time program on " + frame.length + " bytes", attributes);
      return attributes.get(ValueLayout.JAVA_INT, 36);
    }
  }

  private static MemorySegment attributes(Arena arena, BpfProgram program, int link, byte[] frame) {
    MemorySegment in = arena.allocate(frame.length, 8);
    MemorySegment context = arena.allocate(CONTEXT_BYTES, 8);
    MemorySegment.copy(frame, 0, in, ValueLayout.JAVA_BYTE, 0, frame.length);
    context.set(ValueLayout.JAVA_INT, CONTEXT_IFINDEX, link);
    MemorySegment attributes = Bpf.attributes(arena);
    attributes.set(ValueLayout.JAVA_INT, 0, program.fd());
    attributes.set(ValueLayout.JAVA_INT, 8, frame.length);
    attributes.set(ValueLayout.JAVA_LONG, 16, in.address());
    attributes.set(ValueLayout.JAVA_INT, 40, CONTEXT_BYTES);
    attributes.set(ValueLayout.JAVA_LONG, 48, context.address());
    return attributes;
  }
}
