package org.universalnode.node.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.universalnode.node.description.DescribedInterface;
import org.universalnode.node.description.DescribedInterface.Neighbour;
import org.universalnode.node.upstream.UpstreamOptions;

/**
 * Reads what a node is to say of itself, and to whom.
 *
 * @param beside makes a path of the file absolute
 */
record NorthboundSections(UnaryOperator<String> beside) {
  private static final Kind NAME = Kind.text(Values::interfaceName);
  private static final Kind WORD = Kind.text(Values::word);
  private static final Kind FILE = Kind.text(Values::path);
  private static final Kind SIDE = Kind.text(text -> Values.oneOf(text, List.of("core", "edge")));
  private static final Kind TYPE =
      Kind.text(text -> Values.oneOf(text, List.of("domain", "legacy-network", "access-network")));
  private static final Kind KIND =
      Kind.text(text -> Values.oneOf(text, List.of(UpstreamOptions.WEBHOOK, "mqtt", "nats")));
  private static final Kind TOPIC = Kind.text(Values::topic);
  private static final Kind VLANS = Kind.numbers(1, 4_094);

  List<DescribedInterface> interfaces(List<FileTable> tables) {
    return tables.stream().flatMap(table -> described(table).stream()).toList();
  }

  List<UpstreamOptions> upstreams(List<FileTable> tables) {
    return tables.stream().flatMap(table -> upstream(table).stream()).toList();
  }

  private Optional<DescribedInterface> described(FileTable table) {
    table.rejectUnknown(List.of("name", "side", "node", "vlans", "neighbour"));
    SortedSet<Integer> vlans = new TreeSet<>();
    table
        .values("vlans", VLANS)
        .ifPresent(ids -> ids.forEach(id -> vlans.add(Integer.valueOf(id))));
    List<Neighbour> neighbours =
        table.sections("neighbour").stream().flatMap(one -> neighbour(one).stream()).toList();
    String side = text(table, "side", SIDE);
    String node = text(table, "node", WORD);
    return table
        .required("name", NAME)
        .map(name -> new DescribedInterface(name, side, node, vlans, neighbours));
  }

  private static Optional<Neighbour> neighbour(FileTable table) {
    table.rejectUnknown(List.of("domain", "interface", "type"));
    String remote = text(table, "interface", WORD);
    Optional<String> type = table.required("type", TYPE);
    return table
        .required("domain", WORD)
        .flatMap(domain -> type.map(known -> new Neighbour(domain, remote, known)));
  }

  private Optional<UpstreamOptions> upstream(FileTable table) {
    Optional<String> kind = table.required("kind", KIND);
    boolean signs = kind.filter(UpstreamOptions.WEBHOOK::equals).isPresent();
    table.rejectUnknown(
        signs
            ? List.of("kind", "address", "topic", "credentials", "key")
            : List.of("kind", "address", "topic", "credentials"));
    Optional<String> address =
        kind.flatMap(one -> table.required("address", Kind.text(at -> Values.upstream(one, at))));
    String topic = text(table, "topic", TOPIC);
    Optional<Path> credentials = file(table, "credentials");
    Optional<Path> key = file(table, "key");
    return address.map(
        at ->
            new UpstreamOptions(
                kind.orElseThrow(),
                URI.create(at),
                topic.isEmpty() ? UpstreamOptions.USUAL_TOPIC : topic,
                credentials,
                key));
  }

  private Optional<Path> file(FileTable table, String name) {
    return table.values(name, FILE).map(List::getFirst).map(beside).map(Path::of);
  }

  private static String text(FileTable table, String key, Kind kind) {
    return table.values(key, kind).map(List::getFirst).orElse("");
  }
}
