package org.universalnode.fuzz;

import java.nio.charset.StandardCharsets;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.GraphWriter;
import org.universalnode.nffg.ServiceGraph;

/** Service graphs. */
public final class GraphTarget {
  static final Format<ServiceGraph> FORMAT = new Format<>(GraphReader::check, GraphWriter::write);

  private GraphTarget() {}

  /** Called by the fuzzer, which knows the method by its name. */
  public static void fuzzerTestOneInput(byte[] text) {
    FORMAT.examine(new String(text, StandardCharsets.UTF_8));
  }
}
