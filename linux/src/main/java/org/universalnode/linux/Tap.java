package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Network interfaces of which a program holds the other end: what is sent to it the program reads,
 * what the program writes is received (the kernel's networking/tuntap.rst).
 */
public final class Tap {
  private static final Path DEVICE = Path.of("/dev/net/tun");
  private static final long TUNSETIFF = 0x400454caL;
  private static final long TUNSETPERSIST = 0x400454cbL;
  private static final int IFREQ_BYTES = 40;
  private static final int FLAGS_AT = 16;
  private static final int IFF_TAP = 2;
  private static final int IFF_NO_PI = 0x1000;
  private static final int IFF_VNET_HDR = 0x4000;

  private Tap() {}

  /**
   * Makes a tap that stays when nobody holds it any more, down, in the calling thread's namespace.
   *
   * @throws KernelException if the name is another link's
   */
  public static void create(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    if (text.length >= FLAGS_AT) {
      throw new IllegalArgumentException("no name of an interface: " + name);
    }
    try (FileDescriptor device = FileDescriptor.openForWriting(DEVICE);
        Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(IFREQ_BYTES, 8);
      MemorySegment.copy(text, 0, request, ValueLayout.JAVA_BYTE, 0, text.length);
      request.set(ValueLayout.JAVA_SHORT, FLAGS_AT, (short) (IFF_TAP | IFF_NO_PI | IFF_VNET_HDR));
      String attempt = "make tap " + name;
      Kernel.call(SystemCall.IOCTL, attempt, device.number(), TUNSETIFF, request.address());
      Kernel.call(SystemCall.IOCTL, attempt, device.number(), TUNSETPERSIST, 1);
    }
  }
}
