package org.universalnode.bench.vpn;

import java.time.Duration;
import java.util.Optional;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.Middle;
import org.universalnode.bench.lab.Programs;

/** Charon on a CPE that has its addresses and forwards already: nothing but the process starts. */
final class BareClient implements Client {
  private static final Duration GOODBYE = Duration.ofSeconds(10);

  private final StrongSwan swan;
  private Optional<Programs.Running> charon = Optional.empty();

  BareClient(Middle cpe, Lab lab) {
    Programs programs = lab.programs();
    Site.ip(programs, cpe.namespace(), "address add " + Site.CPE_LAN + " dev " + Middle.LAN);
    Site.ip(programs, cpe.namespace(), "address add " + Site.CPE_WAN + " dev " + Middle.WAN);
    programs.run(Optional.of(cpe.namespace()), "sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
    swan = new StrongSwan(programs, cpe.namespace(), lab.folder().resolve("bare"));
  }

  @Override
  public double start(Cipher cipher) {
    swan.configure(connections(cipher));
    long begin = System.nanoTime();
    charon = Optional.of(swan.start());
    return (System.nanoTime() - begin) / 1e6;
  }

  @Override
  public void stop() {
    Programs.Running running = charon.orElseThrow();
    running.terminate();
    running.result(GOODBYE);
  }

  private static String connections(Cipher cipher) {
    return """
      connections {
        tunnel {
          version = 2
          remote_addrs = %1$s
          proposals = aes128gcm16-prfsha256-ecp256
          mobike = no
          encap = yes
          local {
            auth = psk
          }
          remote {
            auth = psk
            id = %1$s
          }
          children {
            tunnel {
              local_ts = %2$s
              remote_ts = %3$s
              esp_proposals = %4$s
              start_action = start
            }
          }
        }
      }
      secrets {
        ike {
          secret = "%5$s"
        }
      }
      """
        .formatted(
            Site.GATEWAY, Site.LOCAL_NETWORK, Site.REMOTE_NETWORK, cipher.proposal(), Gateway.KEY);
  }
}
