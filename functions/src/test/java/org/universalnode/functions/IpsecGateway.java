package org.universalnode.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.universalnode.testbed.Host;

/** A strongSwan on a host, for tunnels between 10.2.0.0/24 there and 10.0.0.0/24. */
record IpsecGateway(Program charon, Program tunnel) implements AutoCloseable {
  private static final String CONNECTION =
      """
      connections {
        any {
          version = 2
          dpd_delay = 2s
          proposals = aes128gcm16-prfsha256-ecp256
          local {
      %s
          }
          remote {
      %s
          }
          children {
            any {
              local_ts = 10.2.0.0/24
              remote_ts = 10.0.0.0/24
              esp_proposals = aes128gcm16-ecp256,aes128gcm16
            }
          }
        }
      }
      %s
      """;

  /** One that wants a pre-shared key. */
  static IpsecGateway withKey(Host host, Path folder, String id, String key) {
    return on(
        host,
        folder,
        CONNECTION.formatted(
            "auth = psk\nid = " + id,
            "auth = psk",
            "secrets {\nike {\nsecret = \"%s\"\n}\n}".formatted(key)));
  }

  /** One that proves by {@code folder/x509/gateway.pem} who it is, and wants certificates. */
  static IpsecGateway withCertificate(Host host, Path folder) {
    return on(
        host,
        folder,
        CONNECTION.formatted(
            "auth = pubkey\ncerts = gateway.pem\nid = gateway.example",
            "auth = pubkey\nid = client.example",
            ""));
  }

  boolean said(String words) {
    return charon.printed().contains(words);
  }

  @Override
  public void close() {
    try (charon) {
      tunnel.close();
    }
  }

  private static IpsecGateway on(Host host, Path folder, String connection) {
    try {
      Files.writeString(folder.resolve("strongswan.conf"), daemon(folder), UTF_8);
      Files.writeString(folder.resolve("swanctl.conf"), connection, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Program charon = Program.on(host, folder, with(folder, "charon-systemd"));
    await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(folder.resolve("vici")));
    String socket = "unix://" + folder.resolve("vici");
    Program load =
        Program.on(
            host, folder, with(folder, "swanctl", "--load-all", "--noprompt", "--uri", socket));
    await().atMost(Duration.ofSeconds(10)).until(() -> load.printed().contains("successfully"));
    return new IpsecGateway(charon, load);
  }

  private static String daemon(Path folder) {
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
        }
      }
      plugins {
        vici {
          socket = unix://%s/vici
        }
      }
    }
    swanctl {
      load = random openssl pem pkcs1 pkcs8 x509
    }
    """
        .formatted(folder);
  }

  private static String[] with(Path folder, String... command) {
    Stream<String> environment =
        Stream.of(
            "env", "STRONGSWAN_CONF=" + folder.resolve("strongswan.conf"), "SWANCTL_DIR=" + folder);
    return Stream.concat(environment, Stream.of(command)).toArray(String[]::new);
  }
}
