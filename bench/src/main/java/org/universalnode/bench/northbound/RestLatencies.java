package org.universalnode.bench.northbound;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;
import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;

/**
 * Reading from the node over connections that are kept: how long an answer takes, and what the
 * process holds after many of them. Beside it a bare server of the JDK that gives the same answers,
 * in turns with the node.
 */
public final class RestLatencies implements Subject {
  private static final String GRAPH = "small";
  private static final List<Integer> CLIENTS = List.of(1, 4);
  private static final Turns TURNS = new Turns(2, 9);
  private static final int REQUESTS_OF_TURN = 600;
  private static final int EARLY = 10_000;
  private static final double MEGA = 1e6;

  private static final Figure BEFORE = Figure.absolute("northbound, memory before", "MB");
  private static final Figure AFTER_EARLY =
      Figure.absolute("northbound, memory after 10,000 requests", "MB");
  private static final Figure AFTER = Figure.absolute("northbound, memory after all", "MB");
  private static final Figure REQUESTS =
      Figure.count("northbound, requests until then", "", new Budget.None());

  private final Path house;
  private final int requests;

  /**
   * Measures a node.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   * @param requests after which its memory is looked at, besides after {@value #EARLY}
   */
  public RestLatencies(Path house, int requests) {
    this.house = house;
    this.requests = Math.max(requests, EARLY);
  }

  /** What is asked for. */
  private enum Page {
    STATUS("status", "/NF-FG/status/" + GRAPH),
    GRAPH_ITSELF("graph", "/NF-FG/" + GRAPH);

    private final String word;
    private final String path;

    Page(String word, String path) {
      this.word = word;
      this.path = path;
    }

    private String name(int clients) {
      return "northbound GET " + word + ", " + clients + (clients == 1 ? " client" : " clients");
    }

    private boolean budgeted(int clients) {
      return this == STATUS && clients == 1;
    }

    Figure median(int clients) {
      Budget budget = budgeted(clients) ? new Budget.AtMost(166) : new Budget.None();
      return Figure.absolute(name(clients), "us", budget);
    }

    Figure p99(int clients) {
      Budget budget = budgeted(clients) ? new Budget.AtMost(339) : new Budget.None();
      return Figure.absolute(name(clients) + ", p99", "us", budget);
    }

    Figure rate(int clients) {
      return Figure.absolute(name(clients) + ", rate", "1/s");
    }

    Figure share(int clients) {
      return Figure.ratio(name(clients) + ", of bare", new Budget.None());
    }
  }

  @Override
  public List<Figure> figures() {
    List<Figure> all = new ArrayList<>(List.of(BEFORE, AFTER_EARLY, AFTER, REQUESTS));
    for (Page page : Page.values()) {
      for (int clients : CLIENTS) {
        all.addAll(
            List.of(
                page.median(clients), page.p99(clients), page.rate(clients), page.share(clients)));
      }
    }
    return all;
  }

  @Override
  public List<Measurement> measure() {
    try (Lab lab = Lab.open(house)) {
      Plugged plugged = lab.plugged();
      NodeProcess node = lab.node(plugged);
      node.put(GRAPH, GraphDocument.chain(plugged).toString());
      node.awaitActive(GRAPH);
      List<String> paths = List.of(Page.STATUS.path, Page.GRAPH_ITSELF.path);
      URI bare = BareProcess.start(lab.programs(), node.address(), paths);
      List<Measurement> all = new ArrayList<>(memory(node));
      ask(bare, EARLY);
      for (Page page : Page.values()) {
        for (int clients : CLIENTS) {
          all.addAll(latency(page, clients, node.address(), bare));
        }
      }
      return all;
    }
  }

  private List<Measurement> memory(NodeProcess node) {
    double before = resident(node);
    ask(node.address(), EARLY);
    double early = resident(node);
    ask(node.address(), requests - EARLY);
    return List.of(
        new Measurement(BEFORE, Samples.once(before)),
        new Measurement(AFTER_EARLY, Samples.once(early)),
        new Measurement(AFTER, Samples.once(resident(node))),
        new Measurement(REQUESTS, Samples.once(requests)));
  }

  private static double resident(NodeProcess node) {
    return node.footprint().residentBytes() / MEGA;
  }

  /** So many requests, half of them for each page; none if it is none. */
  private static void ask(URI server, int requests) {
    int ofPage = requests / Page.values().length;
    for (Page page : Page.values()) {
      if (ofPage > Load.FIRST) {
        new Load(1, ofPage - Load.FIRST).on(server, page.path);
      }
    }
  }

  private static List<Measurement> latency(Page page, int clients, URI node, URI bare) {
    Load load = new Load(clients, REQUESTS_OF_TURN / clients);
    Supplier<Load.Seen> ofNode = () -> load.on(node, page.path);
    Supplier<Load.Seen> ofBare = () -> load.on(bare, page.path);
    List<List<Load.Seen>> seen = TURNS.readings(List.of(ofNode, ofBare));
    Samples medians = Samples.of(seen.getFirst(), Load.Seen::median);
    Samples bareMedians = Samples.of(seen.getLast(), Load.Seen::median);
    return List.of(
        new Measurement(page.median(clients), medians),
        new Measurement(page.p99(clients), Samples.of(seen.getFirst(), Load.Seen::p99)),
        new Measurement(page.rate(clients), Samples.of(seen.getFirst(), Load.Seen::perSecond)),
        new Measurement(page.share(clients), medians.over(bareMedians)));
  }
}
