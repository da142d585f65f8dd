package org.universalnode.compute.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class KvmProbeTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  static boolean isInstalled() {
    return Files.isExecutable(KvmProbe.EMULATOR);
  }

  @Test
  @EnabledIf(value = "isInstalled", disabledReason = "install Debian's qemu-system-x86")
  void theGuestComesToItsEndWhereItsInstructionsAreTranslated() throws IOException {
    assertThat(probe(KvmProbe.EMULATOR).boots("tcg", "max")).isTrue();
  }

  @Test
  void anEmulatorThatFailsMeansThatInstructionsAreTranslatedAndIsNotAskedAgain()
      throws IOException {
    KvmProbe probe = probe(Path.of("/bin/false"));
    assertThat(probe.accelerator()).isEqualTo(Accelerator.EMULATION);
    if (Files.exists(Path.of("/dev/kvm"))) {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      assertThat(folder.resolve("kvm")).hasContent(boot + " fails");
      Files.writeString(folder.resolve("kvm"), boot + " works");
      assertThat(probe.accelerator()).isEqualTo(Accelerator.KVM);
      Files.writeString(folder.resolve("kvm"), "of-another-boot works");
      assertThat(probe.accelerator()).isEqualTo(Accelerator.EMULATION);
    }
  }

  private KvmProbe probe(Path emulator) {
    return new KvmProbe(folder.resolve("kvm"), new Commands(folder, LIMIT), emulator);
  }
}
