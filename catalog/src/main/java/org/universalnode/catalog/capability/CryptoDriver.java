package org.universalnode.catalog.capability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An implementation of an algorithm in the kernel, as /proc/crypto lists it. Of several the kernel
 * takes the one with the highest priority.
 *
 * @param algorithm such as {@code gcm(aes)}
 * @param driver such as {@code generic-gcm-aesni}
 * @param module that brings it; {@code kernel} if it is built in
 * @param type such as {@code aead}, {@code skcipher}, {@code ahash}
 * @param tested whether it passed its self-test
 */
public record CryptoDriver(
    String algorithm, String driver, String module, int priority, String type, boolean tested) {

  /** What carries an algorithm out. */
  public enum Means {
    /** Ordinary instructions. */
    SOFTWARE,
    /** Instructions of the processor that are made for it. */
    PROCESSOR,
    /** A device beside the processor. */
    ENGINE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Engines by words that drivers or modules have in their names: Freescale's CAAM and SEC, Intel's
   * QAT, AMD's CCP, Marvell's CESA, SafeXcel and OCTEON, Atmel, Qualcomm, HiSilicon, Arm, TI,
   * Samsung, Rockchip, Allwinner, Amlogic, ST, MediaTek, Broadcom, Chelsio, NXP, virtio and more.
   */
  private static final Pattern ENGINES =
      Pattern.compile(
          "(?:^|[-_(])(caam|talitos|qat|ccp|mv|marvell|safexcel|octeontx2?|cptvf|cpt|n5|nitrox"
              + "|cavium|atmel|qce|qcrypto|hisi|sec2?|hpre|ccree|omap|sa-ul|dthe|s5p|rk3288|rk"
              + "|sun4i|sun8i|gxl|meson|stm32|mtk|iproc|bcm|chcr|cxgb4|dcp|sahara|virtio"
              + "|eip93|eip97|starfive|jh7110|zynqmp|aspeed|keembay|ocs|artpec6?|ixp4xx|img|picoxcell"
              + "|iaa|tegra|xilinx)(?:$|[-_0-9)])");

  private static final Pattern INSTRUCTIONS =
      Pattern.compile(
          "aesni|pclmul|vaes|avx|sse|ssse3|sha-?ni|neon|padlock|cpacf|s390"
              + "|(?:^|[-_(])(?:ce|arm64|ppc|spe|vmx|p8|p10|vx|rvv|riscv64|x86_64|lsx|sse2)(?:$|[-_)])");

  /** By what name and module of the driver say. */
  public Means means() {
    if (engine().isPresent()) {
      return Means.ENGINE;
    }
    return INSTRUCTIONS.matcher(driver).find() || INSTRUCTIONS.matcher(module).find()
        ? Means.PROCESSOR
        : Means.SOFTWARE;
  }

  /** Which engine, such as {@code caam}; empty if it is none. */
  public Optional<String> engine() {
    return List.of(driver, module).stream()
        .map(name -> ENGINES.matcher(name.toLowerCase(Locale.ROOT)))
        .filter(java.util.regex.Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  /** All of a text like /proc/crypto, without those that only serve as parts of others. */
  static List<CryptoDriver> parse(String text) {
    List<CryptoDriver> drivers = new ArrayList<>();
    for (String paragraph : text.split("\n\\s*\n", -1)) {
      Map<String, String> fields = new HashMap<>();
      for (String line : paragraph.split("\n", -1)) {
        String[] parts = line.split(":", 2);
        if (parts.length == 2) {
          fields.putIfAbsent(parts[0].strip(), parts[1].strip());
        }
      }
      of(fields).ifPresent(drivers::add);
    }
    return List.copyOf(drivers);
  }

  private static Optional<CryptoDriver> of(Map<String, String> fields) {
    String priority = fields.getOrDefault("priority", "");
    if (!fields.containsKey("driver")
        || fields.getOrDefault("internal", "no").equals("yes")
        || !priority.matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    return Optional.of(
        new CryptoDriver(
            fields.getOrDefault("name", ""),
            fields.getOrDefault("driver", ""),
            fields.getOrDefault("module", ""),
            Integer.parseInt(priority),
            fields.getOrDefault("type", ""),
            fields.getOrDefault("selftest", "passed").equals("passed")));
  }
}
