package org.universalnode.bench.forwarding;

import static org.universalnode.bench.lab.GraphDocument.output;
import static org.universalnode.bench.lab.GraphDocument.portIn;

import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.Plugged;

/**
 * A graph whose in-port has a number of rules, of which the last one takes everything. The others
 * come before it, match nothing of what is sent, and are of four kinds, each with a mask of its
 * own: so every packet is looked up by each mask in vain.
 */
final class RuleText {
  private static final String IN = portIn("endpoint:lan");
  private static final String OUT = output("endpoint:wan");

  private RuleText() {}

  static String of(Plugged plugged, int rules) {
    GraphDocument graph = GraphDocument.between(plugged).rule(1, IN, OUT);
    for (int i = 0; i < rules - 1; i++) {
      graph.rule(2, IN + "," + other(i), OUT);
    }
    return graph.toString();
  }

  private static String other(int number) {
    int high = number / 4 / 250;
    int low = number / 4 % 250;
    return switch (number % 4) {
      case 0 -> "\"dest_ip\":\"198.18.%d.%d\"".formatted(high, low);
      case 1 -> "\"source_ip\":\"172.%d.%d.0/24\"".formatted(16 + high, low);
      case 2 -> "\"protocol\":\"tcp\",\"dest_port\":\"%d\"".formatted(10_000 + number / 4);
      default -> "\"source_mac\":\"02:00:00:00:%02x:%02x\"".formatted(high, low);
    };
  }
}
