package org.universalnode.bench.vpn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.Programs;
import org.universalnode.linux.NetworkNamespace;

/** strongSwan as its manual starts it, without a node: charon, then what swanctl loads. */
final class StrongSwan {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_NANOS = 200_000;

  private final Programs programs;
  private final NetworkNamespace namespace;
  private final Path folder;

  /**
   * On a host.
   *
   * @param folder for its files
   */
  StrongSwan(Programs programs, NetworkNamespace namespace, Path folder) {
    this.programs = programs;
    this.namespace = namespace;
    this.folder = folder;
    write("strongswan.conf", daemon(socket()));
  }

  /** What swanctl will load. */
  void configure(String connections) {
    write("swanctl.conf", connections);
  }

  /** Starts charon, and returns when it has taken its connections. */
  Programs.Running start() {
    try {
      Files.deleteIfExists(socket());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Programs.Running charon = programs.startWith(variables(), namespace, "charon-systemd");
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(socket())) {
      if (charon.ended(Duration.ZERO) || System.nanoTime() > giveUp) {
        throw new IllegalStateException("charon does not start: " + charon.printed());
      }
      Interrupted.check();
      LockSupport.parkNanos(LOOK_NANOS);
    }
    String uri = "unix://" + socket();
    programs
        .startWith(variables(), namespace, "swanctl", "--load-all", "--noprompt", "--uri", uri)
        .result(PATIENCE);
    return charon;
  }

  private Map<String, String> variables() {
    return Map.of(
        "STRONGSWAN_CONF",
        folder.resolve("strongswan.conf").toString(),
        "SWANCTL_DIR",
        folder.toString());
  }

  private Path socket() {
    return folder.resolve("vici");
  }

  private void write(String name, String content) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The plugins that the native function loads, in its order. */
  private static String daemon(Path socket) {
    return """
      charon-systemd {
        load = random nonce aesni openssl gcm hmac kdf pem pkcs1 pkcs8 x509 constraints pubkey \
      vici kernel-libipsec kernel-netlink socket-default
        journal {
          default = -1
        }
        filelog {
          stderr {
            default = 1
            time_format = %%s
            time_add_ms = yes
          }
        }
        plugins {
          kernel-netlink {
            mtu = 1400
          }
          vici {
            socket = unix://%s
          }
        }
      }
      swanctl {
        load = random openssl pem pkcs1 pkcs8 x509
      }
      """
        .formatted(socket);
  }
}
