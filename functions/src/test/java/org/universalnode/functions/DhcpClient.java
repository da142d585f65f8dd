package org.universalnode.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.universalnode.testbed.Host;

/** What a host hears when it asks for an address; it does not take the address into use. */
final class DhcpClient {
  private final Host host;
  private final Path script;

  /** Keeps the script that udhcpc runs in a folder. */
  DhcpClient(Host host, Path folder) {
    this.host = host;
    this.script = folder.resolve("lease");
    try {
      Files.writeString(script, "#!/bin/sh\n[ \"$1\" != bound ] || env\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lease as udhcpc tells it to its script: ip, router, dns, domain, lease and others. */
  Map<String, String> lease(String hostName) {
    String output =
        HostProcess.output(
            host,
            List.of(
                "udhcpc",
                "--interface=eth0",
                "--foreground",
                "--quit",
                "--now",
                "--script=" + script,
                "--request-option=ntpsrv",
                "--request-option=mtu",
                "--request-option=timezone",
                "--request-option=ipttl",
                "--request-option=tftp",
                "--request-option=search",
                "--request-option=staticroutes",
                "-x",
                "hostname:" + hostName));
    return output
        .lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (one, other) -> other));
  }
}
