package org.universalnode.node.hoststack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.universalnode.nffg.Ipv4Address;
import org.universalnode.problem.ProblemException;

/**
 * Where the machine names its name servers.
 *
 * @param files in the format of resolv.conf(5); absent ones name none
 */
record Resolvers(List<Path> files) {
  /** Where a local resolver is what resolv.conf names, the others say whom that one asks. */
  static final Resolvers OF_MACHINE =
      new Resolvers(
          List.of(
              Path.of("/etc/resolv.conf"),
              Path.of("/run/systemd/resolve/resolv.conf"),
              Path.of("/run/NetworkManager/no-stub-resolv.conf"),
              Path.of("/tmp/resolv.conf.d/resolv.conf.auto")));

  private static final int MOST_BYTES = 64 << 10;
  private static final Pattern NAME_SERVER =
      Pattern.compile("^nameserver[ \t]+([0-9.]+)\\s*$", Pattern.MULTILINE);

  Resolvers {
    files = List.copyOf(files);
  }

  /** For a variable of the client's script. */
  String words() {
    return files.stream().map(Path::toString).collect(Collectors.joining(" "));
  }

  Set<Ipv4Address> nameServers() {
    Set<Ipv4Address> found = new HashSet<>();
    files.forEach(file -> addFrom(file, found));
    return found;
  }

  private static void addFrom(Path file, Set<Ipv4Address> found) {
    try (InputStream stream = Files.newInputStream(file)) {
      String text = new String(stream.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
      Matcher lines = NAME_SERVER.matcher(text);
      while (lines.find()) {
        address(lines.group(1)).ifPresent(found::add);
      }
    } catch (IOException e) {
      return; // absent, or being written anew: it is read again soon
    }
  }

  /** Resolvers skip what is no address, too. */
  private static Optional<Ipv4Address> address(String text) {
    try {
      return Optional.of(Ipv4Address.parse(text));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }
}
