package org.universalnode.bench.forwarding;

import static org.universalnode.bench.lab.GraphDocument.output;
import static org.universalnode.bench.lab.GraphDocument.portIn;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;
import org.universalnode.bench.lab.Ends;
import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;
import org.universalnode.bench.traffic.Generator;
import org.universalnode.bench.traffic.RoundTrip;

/**
 * What small packets cost as the rules of their in-port grow in number. All numbers of rules are
 * there at once, each at an in-port of its own, and a path without a switch.
 */
public final class RuleNumbers implements Subject {
  private static final Duration TRIPS = Duration.ofMillis(300);
  private static final Turns TURNS = new Turns(1, 5);
  private static final List<Integer> NUMBERS = List.of(1, 10, 100, 1_000, 10_000);
  private static final Map<Integer, Budget> BUDGETS =
      Map.of(
          1, new Budget.AtLeast(0.95, 0.6),
          1_000, new Budget.AtLeast(0.85, 0.5),
          10_000, new Budget.AtLeast(0.80, 0.5));

  private final Path house;

  /**
   * Measures the numbers of rules.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public RuleNumbers(Path house) {
    this.house = house;
  }

  /** One look: packets in a second of a core, and a round trip. */
  private record Look(double packets, RoundTrip trip) {}

  @Override
  public List<Figure> figures() {
    List<Figure> all = new ArrayList<>();
    NUMBERS.forEach(number -> all.addAll(List.of(packets(number), ratio(number), trip(number))));
    return all;
  }

  @Override
  public List<Measurement> measure() {
    List<List<Look>> looks;
    try (Lab lab = Lab.open(house)) {
      looks = TURNS.readings(asked(lab));
    }
    Samples direct = Samples.of(looks.getFirst(), Look::packets);
    List<Measurement> measured = new ArrayList<>();
    for (int i = 0; i < NUMBERS.size(); i++) {
      int number = NUMBERS.get(i);
      List<Look> taken = looks.get(i + 1);
      Samples packets = Samples.of(taken, Look::packets);
      measured.add(new Measurement(packets(number), packets));
      measured.add(new Measurement(ratio(number), packets.over(direct)));
      measured.add(new Measurement(trip(number), Samples.of(taken, look -> look.trip().median())));
    }
    return measured;
  }

  /** The path without a switch, then one for each number of rules. */
  private static List<Supplier<Look>> asked(Lab lab) {
    Generator generator = Generator.in(lab);
    List<Plugged> plugged = NUMBERS.stream().map(_ -> lab.plugged()).toList();
    NodeProcess node = lab.node(plugged.toArray(Plugged[]::new));
    List<Ends> all = new ArrayList<>(List.of(lab.direct()));
    for (int i = 0; i < NUMBERS.size(); i++) {
      Plugged each = plugged.get(i);
      node.put("forth" + i, RuleText.of(each, NUMBERS.get(i)));
      node.put("back" + i, back(each));
      all.add(each.ends());
    }
    return all.stream().<Supplier<Look>>map(ends -> () -> look(generator, ends)).toList();
  }

  private static Look look(Generator generator, Ends ends) {
    double packets = generator.blast(ends, Traffic.PACKET_TIME).rate().perBusySecond();
    return new Look(packets, generator.pingPong(ends, TRIPS));
  }

  /** A graph of its own, because one graph has no room for another rule beside 10,000. */
  private static String back(Plugged plugged) {
    return GraphDocument.between(plugged)
        .rule(1, portIn("endpoint:wan"), output("endpoint:lan"))
        .toString();
  }

  private static Figure packets(int rules) {
    return Figure.absolute("60-byte per CPU s, " + text(rules), "pkts");
  }

  private static Figure ratio(int rules) {
    Budget budget = BUDGETS.getOrDefault(rules, new Budget.None());
    return Figure.ratio("60-byte per CPU s, " + text(rules) + " of direct", budget);
  }

  private static Figure trip(int rules) {
    return Figure.absolute("round trip p50, " + text(rules), "us");
  }

  private static String text(int rules) {
    return String.format(Locale.ROOT, "%,d rule%s", rules, rules == 1 ? "" : "s");
  }
}
