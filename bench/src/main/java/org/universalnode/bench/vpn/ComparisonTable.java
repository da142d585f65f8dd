package org.universalnode.bench.vpn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;

/**
 * The paper's table IV with today's figures, and beside them those of the paper's server CPE
 * (section V; memory there is that of function and engine together).
 */
final class ComparisonTable {
  private static final List<Implementation> COLUMNS = List.of(Implementation.values());
  private static final String NOTHING = "";

  private final Map<Figure, Measurement> measured;
  private final List<String> lines = new ArrayList<>();

  private ComparisonTable(List<Measurement> measurements) {
    this.measured = measurements.stream().collect(Collectors.toMap(Measurement::figure, m -> m));
  }

  /** As Markdown; empty if not all figures are there. */
  static Optional<String> of(List<Measurement> measurements) {
    ComparisonTable table = new ComparisonTable(measurements);
    boolean whole =
        COLUMNS.stream().flatMap(Implementation::figures).allMatch(table.measured::containsKey);
    return whole ? Optional.of(table.write()) : Optional.empty();
  }

  private String write() {
    line("", Implementation::words, "paper: bare, NNF, Docker, VM");
    lines.add("|---".repeat(COLUMNS.size() + 2) + "|");
    line("start to \"started\", ms", each -> spread(each.started()), "154, 727, 350, ~3000");
    line("start to the tunnel, ms", each -> spread(each.tunnel()), NOTHING);
    line("start to the first packet, ms", each -> spread(each.packet()), NOTHING);
    for (Cipher cipher : Cipher.values()) {
      line(
          cipher.words() + " up, Mb/s @ load of a core",
          each -> spread(each.up(cipher)) + " @ " + median(each.load(cipher)) + " %",
          cipher == Cipher.CBC ? "-, 1094 @ 80 %, 1095 @ 80 %, 796 @ 100 %" : NOTHING);
      line(cipher.words() + " down, Mb/s", each -> spread(each.down(cipher)), NOTHING);
    }
    line("memory, MB (PSS)", each -> spread(each.memory()), "-, 19.4, 24.2, 390.6");
    line("memory of its engine, MB (PSS)", each -> spread(each.engineMemory()), NOTHING);
    line("image, MB", each -> median(each.imageSize()), "-, 5, 240, 522");
    line("disk of its engine, MB", each -> median(each.engineSize()), "-, 0, 30, 40");
    ratios();
    return String.join("\n", lines) + "\n";
  }

  /** What the paper argues by. */
  private void ratios() {
    lines.add("");
    lines.add("| NNF, divided by | bare process | Docker | VM |");
    lines.add("|---|---|---|---|");
    ratio("start to the tunnel", Implementation::tunnel);
    ratio("start to the first packet", Implementation::packet);
    for (Cipher cipher : Cipher.values()) {
      ratio(cipher.words() + " up", each -> each.up(cipher));
      ratio(cipher.words() + " down", each -> each.down(cipher));
    }
    ratio("memory", Implementation::memory);
    ratio("image", Implementation::imageSize);
  }

  private void line(String what, Function<Implementation, String> cell, String paper) {
    String cells = COLUMNS.stream().map(cell).collect(Collectors.joining(" | "));
    lines.add("| %s | %s | %s |".formatted(what, cells, paper));
  }

  private void ratio(String what, Function<Implementation, Figure> figure) {
    double own = value(figure.apply(Implementation.NATIVE));
    List<String> cells = new ArrayList<>();
    for (Implementation other :
        List.of(Implementation.BARE, Implementation.DOCKER, Implementation.MACHINE)) {
      double divisor = value(figure.apply(other));
      cells.add(divisor == 0 ? "-" : number(own / divisor));
    }
    lines.add("| %s | %s |".formatted(what, String.join(" | ", cells)));
  }

  private String spread(Figure figure) {
    Measurement measurement = measurement(figure);
    return "%s (%s..%s)"
        .formatted(
            number(measurement.value()),
            number(measurement.samples().min()),
            number(measurement.samples().max()));
  }

  private String median(Figure figure) {
    return number(value(figure));
  }

  private double value(Figure figure) {
    return measurement(figure).value();
  }

  private Measurement measurement(Figure figure) {
    return Optional.ofNullable(measured.get(figure)).orElseThrow();
  }

  /** With three digits that count, as far as there are any. */
  private static String number(double value) {
    if (value >= 100) {
      return "%.0f".formatted(value);
    }
    return value >= 10 ? String.format(Locale.ROOT, "%.1f", value) : "%.2g".formatted(value);
  }
}
