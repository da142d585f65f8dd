package org.universalnode.compute.dpdk;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a process is called: the options of DPDK's environment abstraction layer, then its own. */
final class CommandLine {
  private static final int HUGEPAGE_MEBIBYTES = 2;

  private CommandLine() {}

  /**
   * The program and its arguments.
   *
   * @param cores that it may use
   */
  static List<String> of(
      Application application, Recorded instance, Place place, List<Integer> cores) {
    List<String> words = new ArrayList<>();
    words.add(application.program().toString());
    words.addAll(List.of("--lcores", logicalCores(cores)));
    words.addAll(List.of("--no-pci", "--no-telemetry", "--file-prefix", place.prefix()));
    words.add("--single-file-segments"); // a switch maps few segments
    words.addAll(memory(application));
    words.addAll(application.eal());
    instance.ports().forEach(port -> words.add("--vdev=" + port.definition()));
    words.add("--");
    String count = Integer.toString(instance.ports().size());
    application.arguments().forEach(word -> words.add(word.replace("{ports}", count)));
    instance.ports().forEach(port -> words.addAll(of(application, port)));
    return words;
  }

  /** As options have them. */
  static String list(List<Integer> cores) {
    return cores.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** The main one, which mostly sleeps, goes where there is room; each other has its own core. */
  private static String logicalCores(List<Integer> cores) {
    StringBuilder map = new StringBuilder("0@(" + list(cores) + ")");
    for (int i = 0; i < cores.size(); i++) {
      map.append(",").append(i + 1).append("@").append(cores.get(i));
    }
    return map.toString();
  }

  /** Without files, so that none is left behind. */
  private static List<String> memory(Application application) {
    String huge = String.valueOf(application.hugepages() * HUGEPAGE_MEBIBYTES);
    return application.hugepages() == 0
        ? List.of("--no-huge", "--no-shconf", "-m", String.valueOf(application.memory()))
        : List.of("--in-memory", "-m", huge, "--socket-limit", huge);
  }

  private static List<String> of(Application application, Port port) {
    return application.eachPort().stream()
        .map(
            word ->
                word.replace("{device}", port.device())
                    .replace("{number}", String.valueOf(port.number()))
                    .replace("{mac}", port.mac().toString())
                    .replace("{label}", port.label().toString()))
        .toList();
  }
}
