package org.universalnode.node.hoststack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.universalnode.linux.LinuxProcess;
import org.universalnode.linux.ProcessSpec;
import org.universalnode.testbed.Host;

/**
 * A DHCP server, dnsmasq, on a host of a testbed. It gives addresses of a subnet that no other one
 * of this machine has, for two minutes, and names no router: the clients may be in the namespace of
 * the machine that runs the test.
 */
public final class DhcpServer implements AutoCloseable {
  private static final int SUBNETS = 512;
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final Path PROGRAM = Path.of("/usr/sbin/dnsmasq");

  private final Host host;
  private final Path folder;
  private final String subnet;
  private Optional<LinuxProcess> process = Optional.empty();

  /** A server that does not serve yet; its host has the address {@link #address}. */
  public DhcpServer(Host host, Path folder) {
    this.host = host;
    this.folder = folder;
    this.subnet =
        Stream.generate(DhcpServer::nextSubnet)
            .limit(SUBNETS)
            .filter(DhcpServer::isFree)
            .findFirst()
            .orElseThrow();
    host.address(address() + "/24");
  }

  private static String nextSubnet() {
    int number =
        Math.floorMod(ProcessHandle.current().pid() * 31 + NEXT.incrementAndGet(), SUBNETS);
    return "198." + (18 + number / 256) + "." + number % 256;
  }

  /** Other tests may have interfaces there. */
  private static boolean isFree(String subnet) {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .noneMatch(address -> address.getHostAddress().startsWith(subnet + "."));
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Programs that are needed here and by a client; if one is missing, tests can't run. */
  public static boolean canRun() {
    return Files.isExecutable(PROGRAM) && Files.isExecutable(Path.of("/sbin/udhcpc"));
  }

  /** Beginning of all addresses that it gives, and of its own. */
  public String subnet() {
    return subnet + ".";
  }

  public String address() {
    return subnet + ".1";
  }

  /** Starts to serve, with what it knows of leases, and with further options of dnsmasq. */
  public void serve(String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(PROGRAM.toString(), "--keep-in-foreground", "--conf-file=/dev/null"));
    command.addAll(List.of("--user=root", "--port=0", "--no-ping", "--dhcp-authoritative"));
    command.addAll(List.of("--interface=eth0", "--bind-dynamic", "--pid-file="));
    command.addAll(List.of("--log-dhcp", "--log-facility=" + log()));
    command.add("--dhcp-leasefile=" + folder.resolve("leases"));
    command.add("--dhcp-range=" + subnet + ".20," + subnet + ".99,255.255.255.0,2m");
    command.addAll(List.of("--dhcp-option=3", "--dhcp-option=6," + address()));
    command.addAll(List.of(options));
    ProcessSpec spec =
        new ProcessSpec(
            command,
            Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"),
            folder,
            folder.resolve("dnsmasq.out"),
            Optional.of(host.namespace()),
            Optional.empty());
    process = Optional.of(LinuxProcess.start(spec));
  }

  /** What it has written about the messages that it got and sent. */
  public String heard() {
    try {
      return Files.exists(log()) ? Files.readString(log()) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void stop() {
    process.ifPresent(
        server -> {
          server.kill();
          server.await(Duration.ofSeconds(5));
          server.close();
        });
    process = Optional.empty();
  }

  @Override
  public void close() {
    stop();
  }

  private Path log() {
    return folder.resolve("dnsmasq.log");
  }
}
