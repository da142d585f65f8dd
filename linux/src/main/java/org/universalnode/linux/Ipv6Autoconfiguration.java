package org.universalnode.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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
    Path folder = ALL.resolve(interfaceName);
    OFF.forEach(
        (setting, value) -> {
          Path file = folder.resolve(setting);
          if (Files.exists(file)) {
            ControlGroups.write(file, value);
          }
        });
  }
}
