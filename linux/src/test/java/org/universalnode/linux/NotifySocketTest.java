package org.universalnode.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifySocketTest {
  private static final int MSG_DONTWAIT = 0x40;

  @TempDir Path folder;

  @Test
  void aServiceManagerHearsOneDatagramAtItsPath() {
    assertThat(heardAt(folder.resolve("notify").toString(), "READY=1\nSTATUS=Grüße"))
        .isEqualTo("READY=1\nSTATUS=Grüße");
  }

  @Test
  void aServiceManagerHearsOneDatagramAtItsAbstractName() {
    assertThat(heardAt("@universal-node/" + UUID.randomUUID(), "STOPPING=1"))
        .isEqualTo("STOPPING=1");
  }

  @Test
  void itIsSaidThatNobodyIsThere() {
    NotifySocket socket = NotifySocket.of(folder.resolve("nobody").toString()).orElseThrow();
    assertThatThrownBy(() -> socket.send("READY=1"))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("ENOENT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "@", "notify", "vsock:2:1234"})
  void whatIsNoAddressIsNone(String text) {
    assertThat(NotifySocket.of(text)).isEmpty();
  }

  @Test
  void anAddressLongerThanTheKernelTakesIsNone() {
    assertThat(NotifySocket.of("/" + "a".repeat(107))).isEmpty();
    assertThat(NotifySocket.of("/" + "a".repeat(106))).isPresent();
  }

  private static String heardAt(String address, String said) {
    NotifySocket socket = NotifySocket.of(address).orElseThrow();
    try (FileDescriptor server = NotifySocket.open();
        Arena arena = Arena.ofConfined()) {
      MemorySegment at = socket.address(arena);
      Kernel.call(SystemCall.BIND, address, server.number(), at.address(), at.byteSize());
      socket.send(said);
      MemorySegment room = arena.allocate(1024);
      long bytes =
          Kernel.call(
              SystemCall.RECVFROM,
              address,
              server.number(),
              room.address(),
              room.byteSize(),
              MSG_DONTWAIT,
              0,
              0);
      return new String(room.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE), UTF_8);
    }
  }
}
