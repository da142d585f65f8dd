package org.universalnode.compute.libvirt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.universalnode.problem.ProblemException;

/**
 * Whether the machine's processor runs guests. That there is a /dev/kvm does not say so: inside
 * other virtual machines there are some that only run guests made for them, and libvirt believes
 * them. So a guest is booted that does what a kernel does first, once after each start of the
 * machine.
 */
final class KvmProbe {
  static final Path EMULATOR = Path.of("/usr/bin/qemu-system-x86_64");

  private static final System.Logger LOG = System.getLogger(KvmProbe.class.getName());
  private static final Path DEVICE = Path.of("/dev/kvm");
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String GUEST = "kvm-probe";
  private static final String WORKS = "works";
  private static final String FAILS = "fails";

  /** What the guest ends QEMU with: twice its 42, and one. */
  private static final int DONE = 85;

  private static final String LIMIT_SECONDS = "10";

  private final Path record;
  private final Commands commands;
  private final Path emulator;

  KvmProbe(Path record, Commands commands, Path emulator) {
    this.record = record;
    this.commands = commands;
    this.emulator = emulator;
  }

  /** Takes 10 s at most, and that only once. */
  synchronized Accelerator accelerator() {
    try {
      if (!Files.exists(DEVICE)) {
        return Accelerator.EMULATION;
      }
      String boot = Files.readString(BOOT).strip();
      Optional<String> known = known(boot);
      String verdict = known.isPresent() ? known.get() : verdict();
      if (known.isEmpty()) {
        InstanceFolder.write(record, boot + " " + verdict);
      }
      return verdict.equals(WORKS) ? Accelerator.KVM : Accelerator.EMULATION;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> known(String boot) throws IOException {
    if (!Files.exists(record)) {
      return Optional.empty();
    }
    String text = Files.readString(record);
    return text.startsWith(boot + " ")
        ? Optional.of(text.substring(boot.length() + 1))
        : Optional.empty();
  }

  private String verdict() throws IOException {
    boolean works = boots("kvm", "host");
    if (!works) {
      LOG.log(
          System.Logger.Level.WARNING,
          "KVM does not run a guest here though there is {0}: processors of virtual machines are"
              + " emulated, which is slow",
          DEVICE);
    }
    return works ? WORKS : FAILS;
  }

  /** Whether the guest comes to its end with that accelerator and processor of QEMU's. */
  boolean boots(String accelerator, String processor) throws IOException {
    Path guest = Files.createTempFile(commands.folder(), GUEST, "");
    try (InputStream bytes = Objects.requireNonNull(KvmProbe.class.getResourceAsStream(GUEST))) {
      Files.write(guest, bytes.readAllBytes());
      List<String> command =
          List.of(
              "/usr/bin/timeout",
              "--signal=KILL",
              LIMIT_SECONDS,
              emulator.toString(),
              "-accel",
              accelerator,
              "-cpu",
              processor,
              "-machine",
              "q35",
              "-m",
              "16",
              "-display",
              "none",
              "-nodefaults",
              "-no-reboot",
              "-device",
              "isa-debug-exit,iobase=0xf4,iosize=1",
              "-kernel",
              guest.toString());
      return commands.run(command).status() == DONE;
    } catch (ProblemException e) {
      return false; // it was too slow
    } finally {
      Files.deleteIfExists(guest);
    }
  }
}
