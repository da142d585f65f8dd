package org.universalnode.bench.classification;

import static org.universalnode.bench.lab.GraphDocument.output;
import static org.universalnode.bench.lab.GraphDocument.portIn;

import java.util.Locale;
import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.Plugged;

/**
 * Rules at one in-port, of which the last one takes everything. The others come before it, match no
 * frame that is tried, and take turns between masks, so that each of these is looked up in vain.
 *
 * @param rules in all
 * @param masks of the others, 0 to 32; one mask more is that of the last rule
 * @param wide whether the others look at more header fields than a short key has room for
 */
record RuleSet(int rules, int masks, boolean wide) {
  private static final String IN = portIn("endpoint:lan");
  private static final String OUT = output("endpoint:wan");
  private static final int SOURCES = 4;
  private static final int LONGEST = 32;
  private static final long FIRST_SOURCE = 172L << 24 | 16 << 16;

  private static final String MORE =
      """
      "source_mac":"02:00:00:00:00:01","dest_mac":"02:00:00:00:00:02","protocol":"udp",\
      "source_port":"1","dest_port":"2",""";

  /** In a few words. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%,d rule%s%s",
        rules,
        rules == 1 ? "" : "s",
        masks == 0
            ? ""
            : " of " + masks + (wide ? " wide" : "") + (masks == 1 ? " mask" : " masks"));
  }

  /** What the node is told. */
  String graph(Plugged plugged) {
    GraphDocument graph = GraphDocument.between(plugged).rule(1, IN, OUT);
    for (int i = 0; i < rules - 1; i++) {
      graph.rule(2, IN + "," + other(i), OUT);
    }
    return graph.toString();
  }

  private String other(int number) {
    int source = LONGEST - number % masks % SOURCES;
    int dest = LONGEST - number % masks / SOURCES;
    long network = FIRST_SOURCE + ((long) (number / masks) << (LONGEST - source));
    String narrow =
        "\"source_ip\":\"%s/%d\",\"dest_ip\":\"198.18.0.0/%d\""
            .formatted(address(network), source, dest);
    return (wide ? MORE : "") + narrow;
  }

  private static String address(long bits) {
    return (bits >> 24) + "." + (bits >> 16 & 255) + "." + (bits >> 8 & 255) + "." + (bits & 255);
  }
}
