package org.universalnode.bench.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Draws recorded runs. Exit status 2: wrong usage. */
public final class PlotMain {
  private static final int WRONG_USAGE = 2;
  private static final List<String> CLIENTS = List.of("bare process", "NNF", "Docker", "VM");

  /** What is drawn, one file each; figures that a run does not have are left out. */
  private static final List<Chart> CHARTS =
      List.of(
          new Chart(
              "ipsec-start",
              "IPsec client: from the request",
              true,
              clients("started", "tunnel", "first packet")),
          new Chart(
              "ipsec-throughput",
              "IPsec client: two TCP streams",
              false,
              clients("AES-CBC/SHA1 up", "AES-CBC/SHA1 down", "AES-GCM up", "AES-GCM down")),
          new Chart(
              "ipsec-footprint",
              "IPsec client: memory, image",
              true,
              clients("memory", "engine memory", "image", "engine disk")),
          new Chart("graphs", "Changes of graphs", true, changes()),
          new Chart(
              "forwarding",
              "Packets per CPU second, of a direct cable",
              false,
              List.of(
                  "tcp, chain of hand-made",
                  "tcp mtu-sized per CPU s, lsi of direct",
                  "60-byte per CPU s, 1 rule of direct",
                  "60-byte per CPU s, 1,000 rules of direct",
                  "60-byte per CPU s, 10,000 rules of direct")));

  private PlotMain() {}

  private record Chart(String file, String title, boolean logarithmic, List<String> figures) {
    BarChart of(Recorded run) {
      List<Bar> bars = figures.stream().map(run::bar).flatMap(Optional::stream).toList();
      return new BarChart(title, run.unit(figures.getFirst()), logarithmic, bars);
    }
  }

  /** Arguments: the folder for the pictures, the results of runs. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      System.err.println("usage: plot FOLDER RESULT...");
      System.exit(WRONG_USAGE);
    }
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    List<String> results = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      results.add(Files.readString(Path.of(arguments[i])));
    }
    Recorded run = Recorded.read(results);
    for (Chart chart : CHARTS) {
      Files.writeString(folder.resolve(chart.file() + ".svg"), chart.of(run).svg());
    }
    BarChart budgets = new BarChart("Share of the budget", "", true, run.shares());
    Files.writeString(folder.resolve("budgets.svg"), budgets.svg());
  }

  private static List<String> clients(String... what) {
    return Stream.of(what)
        .flatMap(each -> CLIENTS.stream().map(client -> "ipsec client, " + client + ", " + each))
        .toList();
  }

  private static List<String> changes() {
    return Stream.of(
            "create a graph",
            "start functions",
            "update a rule",
            "replace a function",
            "delete a graph")
        .flatMap(
            change ->
                Stream.of(", 1 function", ", 3 functions", ", 8 functions").map(change::concat))
        .toList();
  }
}
