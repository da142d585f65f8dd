package org.universalnode.catalog.capability;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/**
 * How the running kernel was configured, by /proc/config.gz or the file beside the kernel. It can't
 * change while the kernel runs, so each answer is kept; the text is not, it is large.
 */
final class KernelConfig {
  private static final String OWN = "/proc/config.gz";
  private static final int MOST = 4_096;

  /** What a symbol says. */
  enum Setting {
    BUILT_IN,
    MODULE,
    OFF
  }

  private final FileTree tree;
  private final Map<String, Optional<Setting>> answers = new ConcurrentHashMap<>();

  KernelConfig(FileTree tree) {
    this.tree = tree;
  }

  /** Empty if the machine does not have its kernel's configuration. */
  Optional<Setting> of(String symbol) {
    if (answers.size() >= MOST) {
      answers.clear();
    }
    return answers.computeIfAbsent(symbol, one -> text().map(text -> setting(text, one)));
  }

  /** Values that are numbers or texts count as built in. */
  static Setting setting(String config, String symbol) {
    String key = "CONFIG_" + symbol + "=";
    int at = config.startsWith(key) ? 0 : config.indexOf("\n" + key) + 1;
    if (at == 0 && !config.startsWith(key)) {
      return Setting.OFF;
    }
    return switch (config.charAt(Math.min(at + key.length(), config.length() - 1))) {
      case 'm' -> Setting.MODULE;
      case 'n' -> Setting.OFF;
      default -> Setting.BUILT_IN;
    };
  }

  private Optional<String> text() {
    Optional<String> running = tree.bytes(OWN).map(KernelConfig::unpacked);
    String release = tree.line("/proc/sys/kernel/osrelease");
    return running.or(
        () ->
            List.of("/boot/config-" + release, "/lib/modules/" + release + "/config").stream()
                .flatMap(path -> tree.text(path).stream())
                .findFirst());
  }

  private static String unpacked(byte[] gzip) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return FileTree.text(FileTree.limited(in, OWN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
