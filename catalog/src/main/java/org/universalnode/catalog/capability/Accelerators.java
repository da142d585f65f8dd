package org.universalnode.catalog.capability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds hardware that works for functions: crypto engines, their devices, and DPDK's interfaces.
 */
final class Accelerators {
  private static final String PCI_DEVICES = "/sys/bus/pci/devices";
  private static final String HUGE_PAGES = "/sys/kernel/mm/hugepages";

  /** Class codes of PCI: network controllers. */
  private static final String NETWORK = "0x02";

  /** Kernel drivers that give a device to a program. */
  private static final List<String> FOR_PROGRAMS =
      List.of("vfio-pci", "uio_pci_generic", "igb_uio");

  private final FileTree tree;

  Accelerators(FileTree tree) {
    this.tree = tree;
  }

  List<Accelerator> find(List<CryptoDriver> drivers) {
    return Stream.of(engines(drivers), devices(), dpdk()).flatMap(List::stream).toList();
  }

  /** One for each crypto engine that the kernel uses. */
  static List<Accelerator> engines(List<CryptoDriver> drivers) {
    Map<String, List<CryptoDriver>> byEngine = new TreeMap<>();
    for (CryptoDriver driver : drivers) {
      driver
          .engine()
          .ifPresent(name -> byEngine.computeIfAbsent(name, _ -> new ArrayList<>()).add(driver));
    }
    return byEngine.entrySet().stream().map(one -> engine(one.getKey(), one.getValue())).toList();
  }

  private static Accelerator engine(String name, List<CryptoDriver> drivers) {
    List<CryptoDriver> good = drivers.stream().filter(CryptoDriver::tested).toList();
    String reason = good.isEmpty() ? "its drivers did not pass the kernel's self-test" : "";
    List<CryptoDriver> told = good.isEmpty() ? drivers : good;
    return new Accelerator(
        told.stream().anyMatch(Accelerators::isForIpsec) ? Accelerator.IPSEC : Accelerator.CRYPTO,
        name,
        reason,
        Map.of(
            "driver", joined(told.stream().map(CryptoDriver::module)),
            "priority", priority(told),
            "algorithms", joined(told.stream().map(CryptoDriver::algorithm))));
  }

  /** ESP takes algorithms that encrypt and authenticate at once (RFC 8221, section 5). */
  private static boolean isForIpsec(CryptoDriver driver) {
    return driver.type().equals("aead");
  }

  private static String priority(List<CryptoDriver> drivers) {
    int highest = drivers.stream().mapToInt(CryptoDriver::priority).max().orElse(0);
    return Integer.toString(highest);
  }

  private static String joined(Stream<String> words) {
    return words.distinct().sorted().collect(Collectors.joining(" "));
  }

  /** Devices through which programs use an engine themselves. */
  private List<Accelerator> devices() {
    return tree.names("/dev").stream()
        .filter(name -> name.equals("crypto") || name.matches("qat_.*|qat[0-9]*|uacce|hisi_.*"))
        .map(
            name -> new Accelerator(Accelerator.CRYPTO, name, "", Map.of("device", "/dev/" + name)))
        .toList();
  }

  /** Interfaces that a DPDK process can take. */
  private List<Accelerator> dpdk() {
    List<Accelerator> found = new ArrayList<>();
    for (String address : tree.names(PCI_DEVICES)) {
      String folder = PCI_DEVICES + "/" + address;
      if (tree.line(folder + "/class").startsWith(NETWORK)) {
        FOR_PROGRAMS.stream()
            .filter(driver -> tree.exists("/sys/bus/pci/drivers/" + driver + "/" + address))
            .findFirst()
            .ifPresent(
                driver ->
                    found.add(
                        new Accelerator(
                            Accelerator.PACKETS,
                            address,
                            hasHugePages() ? "" : "the kernel has no huge pages reserved",
                            Map.of("driver", driver, "interface", "dpdk"))));
      }
    }
    return found;
  }

  private boolean hasHugePages() {
    return tree.names(HUGE_PAGES).stream()
        .map(size -> tree.line(HUGE_PAGES + "/" + size + "/nr_hugepages"))
        .anyMatch(count -> count.matches("[0-9]*[1-9][0-9]*"));
  }
}
