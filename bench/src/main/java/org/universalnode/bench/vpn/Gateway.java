package org.universalnode.bench.vpn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.Programs;

/** The VPN gateway of a site, which takes every client that knows the key. */
final class Gateway {
  static final String KEY = "a key of the bench";

  /** What charon logs when a tunnel is there: seconds since 1970 with milliseconds come first. */
  private static final Pattern TUNNEL =
      Pattern.compile("(?m)^(\\d+)\\.(\\d{3}) .*CHILD_SA any\\{\\d+\\} established");

  private final Programs.Running charon;

  private Gateway(Programs.Running charon) {
    this.charon = charon;
  }

  /** Starts it; it goes with the lab. */
  static Gateway of(Site site, Lab lab) {
    StrongSwan swan =
        new StrongSwan(
            lab.programs(),
            site.gateway(),
            lab.folder().resolve(site.gateway().path().getFileName().toString()));
    swan.configure(connections());
    return new Gateway(swan.start());
  }

  /** When the first tunnel since then was made, to the millisecond. */
  Optional<Instant> tunnelSince(Instant begin) {
    return tunnels().stream().filter(tunnel -> !tunnel.isBefore(begin)).findFirst();
  }

  private List<Instant> tunnels() {
    return TUNNEL.matcher(charon.printed()).results().map(Gateway::instant).toList();
  }

  private static Instant instant(MatchResult line) {
    return Instant.ofEpochSecond(Long.parseLong(line.group(1)))
        .plusMillis(Long.parseLong(line.group(2)));
  }

  private static String connections() {
    return """
      connections {
        any {
          version = 2
          proposals = aes128gcm16-prfsha256-ecp256
          local {
            auth = psk
            id = %s
          }
          remote {
            auth = psk
          }
          children {
            any {
              local_ts = %s
              remote_ts = %s
              esp_proposals = aes128gcm16,aes128-sha1
            }
          }
        }
      }
      secrets {
        ike {
          secret = "%s"
        }
      }
      """
        .formatted(Site.GATEWAY, Site.REMOTE_NETWORK, Site.LOCAL_NETWORK, KEY);
  }
}
