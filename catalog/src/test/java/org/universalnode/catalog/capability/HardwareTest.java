package org.universalnode.catalog.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.universalnode.catalog.capability.CryptoDriver.Means;

class HardwareTest {
  @TempDir Path root;
  private FakeMachine machine;

  @BeforeEach
  void anEmptyMachine() {
    machine = new FakeMachine(root);
  }

  @Test
  void aesNiIsOfTheProcessorAndNoAccelerator() {
    List<CryptoDriver> drivers = CryptoDriver.parse(sample("crypto-aesni.txt"));
    assertThat(drivers)
        .filteredOn(driver -> driver.means() == Means.PROCESSOR)
        .extracting(CryptoDriver::driver)
        .containsExactly(
            "rfc4106-gcm-aesni-avx",
            "generic-gcm-aesni-avx",
            "cbc-aes-aesni",
            "sha256-ni",
            "crct10dif-pclmul");
    assertThat(drivers)
        .filteredOn(driver -> driver.means() == Means.SOFTWARE)
        .extracting(CryptoDriver::driver)
        .containsExactly(
            "sha256-generic", "aes-generic", "hmac(sha256-generic)", "drbg_nopr_hmac_sha512");
    assertThat(Accelerators.engines(drivers)).isEmpty();
    assertThat(drivers.getFirst())
        .isEqualTo(
            new CryptoDriver(
                "rfc4106(gcm(aes))", "rfc4106-gcm-aesni-avx", "aesni_intel", 500, "aead", true));
  }

  @Test
  void aCaamIsAnIpsecAccelerator() {
    machine.file("/proc/crypto", sample("crypto-caam.txt"));
    List<Accelerator> found = hardware().accelerators(List.of());
    assertThat(found).singleElement().matches(Accelerator::ready);
    Accelerator caam = found.getFirst();
    assertThat(caam.type()).isEqualTo("ipsec-accelerator");
    assertThat(caam.name()).isEqualTo("caam");
    assertThat(caam.specifications())
        .containsExactly(
            entry(
                "algorithms",
                "authenc(hmac(sha256),cbc(aes)) cbc(aes) gcm(aes) hmac(sha256) rfc4106(gcm(aes))"),
            entry("driver", "caam_jr"),
            entry("priority", "3000"));
    assertThat(hardware().crypto())
        .filteredOn(driver -> driver.means() == Means.PROCESSOR)
        .extracting(CryptoDriver::driver)
        .containsExactly("cbc-aes-ce", "sha256-ce", "cbc-aes-neonbs", "aes-arm64");
  }

  @Test
  void anEngineThatFailedItsTestIsNotReady() {
    machine.file("/proc/crypto", sample("crypto-caam.txt").replace(": passed", ": unknown"));
    assertThat(hardware().accelerators(List.of()))
        .singleElement()
        .matches(caam -> !caam.ready())
        .extracting(Accelerator::reason)
        .asString()
        .contains("self-test");
  }

  @ParameterizedTest
  @CsvSource({
    "qat_aes_cbc_hmac_sha256, intel_qat, qat",
    "cbc-aes-ccp, ccp_crypto, ccp",
    "mv-cbc-aes, marvell_cesa, mv",
    "safexcel-cbc-aes, crypto_safexcel, safexcel",
    "cbc-aes-qce, qcrypto, qce",
    "cpt_cbc_aes, octeontx_cpt, cpt",
    "virtio_crypto_aes_cbc, virtio_crypto, virtio",
    "cbc-aes-talitos, talitos, talitos",
    "cbc-aes-iproc, bcm_crypto_spu, iproc",
    "cbc-aes-sun8i-ce, sun8i_ce, sun8i"
  })
  void enginesAreKnownByTheirDrivers(String driver, String module, String engine) {
    assertThat(new CryptoDriver("cbc(aes)", driver, module, 300, "skcipher", true).engine())
        .hasValue(engine);
  }

  @ParameterizedTest
  @CsvSource({
    "seqiv(rfc4106-gcm-aesni), seqiv, PROCESSOR",
    "cts(cbc-aes-aesni), cts, PROCESSOR",
    "ecb(aes-fixed-time), kernel, SOFTWARE",
    "zlib-deflate-scomp, kernel, SOFTWARE",
    "cbc(des3_ede-generic), kernel, SOFTWARE",
    "chacha20-simd, chacha_x86_64, PROCESSOR",
    "jitterentropy_rng, kernel, SOFTWARE",
    "ecdh-nist-p256-generic, kernel, SOFTWARE",
    "crc32c-generic, kernel, SOFTWARE"
  })
  void otherDriversAreNoEngines(String driver, String module, Means means) {
    assertThat(new CryptoDriver("x", driver, module, 300, "skcipher", true).means())
        .isEqualTo(means);
  }

  @Test
  void devicesAndDpdkInterfacesAreAccelerators() {
    machine
        .file("/dev/qat_adf_ctl", "")
        .file("/dev/crypto", "")
        .file("/dev/null", "")
        .file("/sys/bus/pci/devices/0000:01:00.0/class", "0x020000\n")
        .folder("/sys/bus/pci/drivers/vfio-pci/0000:01:00.0")
        .file("/sys/bus/pci/devices/0000:02:00.0/class", "0x020000\n")
        .folder("/sys/bus/pci/drivers/ixgbe/0000:02:00.0")
        .file("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "0\n");
    assertThat(hardware().accelerators(List.of()))
        .extracting(Accelerator::type, Accelerator::name, Accelerator::ready)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("crypto-accelerator", "crypto", true),
            org.assertj.core.groups.Tuple.tuple("crypto-accelerator", "qat_adf_ctl", true),
            org.assertj.core.groups.Tuple.tuple("packet-accelerator", "0000:01:00.0", false));
    machine.file("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "512\n");
    assertThat(hardware().accelerators(List.of())).allMatch(Accelerator::ready);
  }

  @Test
  void anInterfaceThatEncryptsIsAnIpsecAccelerator() {
    machine
        .file("/sys/class/net/eth1/address", "02:00:00:00:00:01\n")
        .file("/sys/class/net/eth1/flags", "0x1003\n")
        .file("/sys/class/net/eth1/speed", "10000\n")
        .file("/sys/class/net/eth1/device/uevent", "DRIVER=mlx5_core\nPCI_CLASS=20000\n")
        .file("/sys/class/net/lo/speed", "-1\n");
    List<NetworkInterface> found = hardware().interfaces(Set.of("lo", "eth1", "gone"));
    assertThat(found)
        .containsExactly(
            new NetworkInterface(
                "eth1",
                true,
                "mlx5_core",
                "10000",
                "02:00:00:00:00:01",
                List.of("esp-hw-offload", "x")),
            new NetworkInterface("lo", false, "", "", "", List.of("x")));
    assertThat(hardware().accelerators(found))
        .extracting(Accelerator::type, Accelerator::name)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("ipsec-accelerator", "eth1"));
  }

  @Test
  void processorsAndMemoryAreTold() {
    machine
        .file("/proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu aes avx2\n\nprocessor\t: 1\n")
        .file("/proc/meminfo", "MemTotal:        1000448 kB\nMemFree: 1 kB\n")
        .kernelRelease("6.1.0");
    assertThat(hardware().processorFlags()).containsExactly("aes", "avx2", "fpu");
    assertThat(hardware().memoryMegabytes()).isEqualTo(977);
    assertThat(hardware().kernelRelease()).isEqualTo("6.1.0");
    machine.file("/proc/cpuinfo", "processor : 0\nFeatures : fp asimd aes pmull\n");
    assertThat(hardware().processorFlags()).contains("pmull");
  }

  @Test
  void thisMachineHasAProcessor() {
    Hardware here = new Hardware(new FakeMachine(Path.of("/")).discovery(), _ -> List.of());
    assertThat(here.memoryMegabytes()).isPositive();
    assertThat(here.cores()).isPositive();
    assertThat(here.kernelRelease()).isNotEmpty();
    assertThat(here.crypto()).allMatch(driver -> !driver.driver().isEmpty());
    assertThat(here.interfaces(List.of("lo"))).hasSize(1);
  }

  private Hardware hardware() {
    return new Hardware(
        machine.discovery(),
        name -> name.equals("eth1") ? List.of("esp-hw-offload", "x") : List.of("x"));
  }

  private static String sample(String name) {
    try (InputStream in = HardwareTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
