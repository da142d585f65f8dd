package org.universalnode.nffg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Graphs of the test resources. */
final class SampleGraphs {
  static final List<String> NAMES = List.of("firewall-nat.json", "bridge.json", "empty.json");

  private SampleGraphs() {}

  static String text(String name) {
    try (InputStream in = SampleGraphs.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
