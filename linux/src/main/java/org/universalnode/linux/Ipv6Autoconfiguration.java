package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What an interface takes over from routers and makes up on its own, by IPv6 (RFC 4861, RFC 4862;
 * ip-sysctl.rst of the kernel, /proc/sys/net/ipv6/conf).
 */
public final class Ipv6Autoconfiguration {
  private static final Path ALL = Path.of("/proc/sys/net/ipv6/conf");

  /** In addr_gen_mode, 1 is none: the interface has no address that nobody gave it. */
  private static final Map<String, String> OFF =
      Map.of("accept_ra", "0", "accept_redirects", "0", "autoconf", "0", "addr_gen_mode", "1");

  private Ipv6Autoconfiguration() {}

  /**
   * Turns it off for an interface of the calling thread's namespace. A kernel without IPv6 has
   * none. To be called before the interface goes up.
   */
  public static void off(String interfaceName) {
    OFF.forEach(
        (setting, value) -> {
          Path file = ALL.resolve(interfaceName).resolve(setting);
          if (Files.exists(file)) {
            ControlGroups.write(file, value);
          }
        });
  }

  /** Whether it is off for an interface of the calling thread's namespace. */
  public static boolean isOff(String interfaceName) {
    return OFF.entrySet().stream()
        .allMatch(
            setting -> {
              Path file = ALL.resolve(interfaceName).resolve(setting.getKey());
              return value(file).filter(value -> !value.equals(setting.getValue())).isEmpty();
            });
  }

  /** Nothing of a setting that this kernel does not have, or of an interface that is gone. */
  private static Optional<String> value(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
