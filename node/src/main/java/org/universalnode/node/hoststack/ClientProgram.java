package org.universalnode.node.hoststack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.nffg.Ipv4Address;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * The DHCP client of this machine, {@code udhcpc} of busybox, and the script of ours that it calls.
 *
 * @param folders where programs are looked for
 * @param script where the script is
 */
record ClientProgram(List<Path> folders, Path script) {
  private static final System.Logger LOG = System.getLogger(ClientProgram.class.getName());
  private static final String CLIENT = "udhcpc";

  /** Where every system has its programs. */
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/local/sbin"),
          Path.of("/usr/local/bin"),
          Path.of("/usr/sbin"),
          Path.of("/usr/bin"),
          Path.of("/sbin"),
          Path.of("/bin"));

  /** Routes of lesser metric come first: there the index of the interface is added. */
  private static final long FIRST_METRIC = 1_000_000;

  ClientProgram {
    folders = List.copyOf(folders);
  }

  /** What is wrong with the script is said by {@link #refusal}. */
  static ClientProgram writtenTo(Path folder) {
    ClientProgram program = new ClientProgram(PLACES, folder.resolve("lease.sh"));
    program.writeScript().ifPresent(p -> LOG.log(System.Logger.Level.ERROR, p.toString()));
    return program;
  }

  /** Why there can be no client here; looked up each time, for that is mended meanwhile. */
  Optional<Problem> refusal() {
    if (find(CLIENT).isEmpty()) {
      return Optional.of(
          Problem.of(Code.UNSUPPORTED, "this machine has no DHCP client")
              .next("install " + CLIENT + ", or use the configuration static"));
    }
    if (find("ip").isEmpty()) {
      return Optional.of(
          Problem.of(Code.UNSUPPORTED, "this machine has no command ip, which the DHCP client uses")
              .next("install iproute2, or use the configuration static"));
    }
    return hasScript() ? Optional.empty() : writeScript().or(this::noExecution);
  }

  private Optional<Problem> noExecution() {
    return hasScript()
        ? Optional.empty()
        : Optional.of(
            Problem.of(Code.UNSUPPORTED, "no program can be started from " + script.getParent())
                .next("mount it without noexec, or use the configuration static"));
  }

  /** To be called by the client, which a file system may forbid (mount(8), noexec). */
  private boolean hasScript() {
    return Files.isRegularFile(script) && Files.isExecutable(script);
  }

  /**
   * Path and arguments. The client stays in the foreground, asks three times at intervals of two
   * seconds and again after ten, for ever, and releases its lease when it is told to end. Its
   * client identifier is the interface's MAC address (RFC 2132, section 9.14).
   *
   * @param wanted the address that it had before
   */
  List<String> command(StackInterface at, Optional<Ipv4Address> wanted) {
    Path client = find(CLIENT).orElseThrow(() -> refusal().orElseThrow().asException());
    List<String> command = new ArrayList<>();
    command.add(client.toString());
    command.addAll(List.of("-f", "-R", "-i", at.name(), "-s", script.toString()));
    command.addAll(List.of("-t", "3", "-T", "2", "-A", "10"));
    command.addAll(List.of("-o", "-O", "subnet", "-O", "router", "-O", "dns"));
    hostName().ifPresent(name -> command.addAll(List.of("-x", "hostname:" + name)));
    wanted.ifPresent(address -> command.addAll(List.of("-r", address.toString())));
    return command;
  }

  /** What the client gives on to the script. */
  Map<String, String> environment(StackInterface at, ClientFolder folder) {
    return Map.of(
        "PATH",
        String.join(":", folders.stream().map(Path::toString).toList()),
        "UN_FOLDER",
        folder.path().toString(),
        "UN_METRIC",
        String.valueOf(FIRST_METRIC + at.index()),
        "UN_RESOLVERS",
        Resolvers.OF_MACHINE.words());
  }

  /** Takes address and routes away, as the client does when it has none; with the variables. */
  List<String> forgetting() {
    return List.of(script.toString(), "deconfig");
  }

  private Optional<Path> find(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Its first label; empty if the machine has none that a server could use as a name. */
  private static Optional<String> hostName() {
    try {
      String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      return Optional.of(name.split("\\.", 2)[0])
          .filter(label -> label.matches("[A-Za-z0-9][A-Za-z0-9-]{0,62}"))
          .filter(label -> !label.equals("localhost"));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Clients that run call it by its name and meet either the old one or the new one. */
  private Optional<Problem> writeScript() {
    try (InputStream text = ClientProgram.class.getResourceAsStream("lease.sh")) {
      if (text == null) {
        throw new IllegalStateException("the script of the DHCP client is missing from the build");
      }
      Files.createDirectories(script.getParent());
      Path unfinished = script.resolveSibling("lease.sh.new");
      Files.copy(text, unfinished, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(unfinished, script, StandardCopyOption.ATOMIC_MOVE);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          Problem.of(Code.UNSUPPORTED, "the DHCP client's script can't be written: " + e)
              .next("make " + script.getParent() + " a folder that the node can write"));
    }
  }
}
