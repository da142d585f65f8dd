package org.universalnode.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.universalnode.linux.Link;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.node.Node;
import org.universalnode.node.NodeOptions;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

/**
 * A node with the functions we ship and a host at each of its interfaces, which carries graph
 * {@code g} and maybe others. Closing it deletes all graphs and checks that nothing is left.
 */
final class Lab implements AutoCloseable {
  private static final Path FUNCTIONS = Path.of("target/functions");

  private static final String USUAL = "g";

  private final Testbed testbed = new Testbed();
  private final Set<String> others = new TreeSet<>(Set.of(USUAL));
  private final List<Host> hosts;
  private final Node node;

  /**
   * Starts it.
   *
   * @param addresses of the hosts, with prefix length
   */
  Lab(Path state, String... addresses) {
    this(state, FUNCTIONS, RunningPolicy.AS_ASKED, addresses);
  }

  Lab(Path state, RunningPolicy policy, String... addresses) {
    this(state, FUNCTIONS, policy, addresses);
  }

  /** Starts it with the functions of another folder. */
  Lab(Path state, Path functions, String... addresses) {
    this(state, functions, RunningPolicy.AS_ASKED, addresses);
  }

  private Lab(Path state, Path functions, RunningPolicy policy, String... addresses) {
    this.hosts = Arrays.stream(addresses).map(testbed::host).toList();
    this.node = start(state, functions, policy);
  }

  Host host(int index) {
    return hosts.get(index);
  }

  /** The namespace in which a function of the graph runs. */
  NetworkNamespace namespace(String function) {
    List<String> found = NetworkNamespace.names("%s-g-%s-".formatted(testbed.name(), function));
    assertThat(found).hasSize(1);
    return NetworkNamespace.named(found.getFirst());
  }

  /** Makes the graph what the document says. */
  void apply(Graph graph) {
    apply(USUAL, graph);
  }

  void apply(String id, Graph graph) {
    Answer answer = send("PUT", id, graph.document());
    assertThat(answer.status()).as(answer.body()).isIn(201, 202);
    others.add(id);
  }

  void delete() {
    delete(USUAL);
  }

  void delete(String id) {
    assertThat(send("DELETE", id, "").status()).isEqualTo(204);
    others.remove(id);
  }

  /** All about a function of a graph, as the node tells it. */
  JsonObject function(String id, String function) {
    Answer answer = send("GET", id + "/functions/" + function, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  /** What the status handler of a function of the graph says, which must be healthy. */
  JsonObject report(String function) {
    JsonObject body = function(USUAL, function);
    assertThat(body.get("healthy").getAsBoolean()).as(body.toString()).isTrue();
    return body.getAsJsonObject("report");
  }

  /** Why the node does not accept the document. */
  Refusal refusal(Graph graph) {
    Answer answer = put(graph);
    assertThat(answer.status()).as("status for %s", graph).isGreaterThanOrEqualTo(400);
    var problem = JsonParser.parseString(answer.body()).getAsJsonObject();
    return new Refusal(problem.get("pointer").getAsString(), problem.get("detail").getAsString());
  }

  /** The first problem of an answer. */
  record Refusal(String pointer, String detail) {}

  /** The end of what a function of the graph printed. */
  String log(String function) {
    return send("GET", USUAL + "/functions/" + function + "/log", "").body();
  }

  /** Whether the node has the graph or any part of it. */
  boolean hasGraph() {
    return send("GET", USUAL, "").status() != 404 || !instances().isEmpty();
  }

  @Override
  public void close() {
    try (testbed) {
      try (node) {
        others.forEach(id -> send("DELETE", id, ""));
        assertThat(send("GET", USUAL, "").status()).isEqualTo(404);
      }
      assertThat(instances()).isEmpty();
      assertThat(nodeLinks()).isEmpty();
      assertThat(Path.of("/sys/fs/bpf/universal-node", testbed.name())).doesNotExist();
      assertThat(controlGroups()).isEmpty();
    }
    assertThat(NetworkNamespace.names(testbed.name() + "-")).isEmpty();
  }

  private Node start(Path state, Path functions, RunningPolicy policy) {
    Set<String> cables = hosts.stream().map(Host::cable).collect(Collectors.toSet());
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      return Node.start(
          new NodeOptions(testbed.name(), anyPort, state, functions, cables, "auto", policy));
    } catch (RuntimeException | Error e) {
      testbed.close();
      throw e;
    }
  }

  /** Namespaces of functions: those that are not of hosts. */
  private List<String> instances() {
    List<String> names = NetworkNamespace.names(testbed.name() + "-");
    hosts.forEach(host -> names.remove(host.namespace().name()));
    return names;
  }

  private List<Link> nodeLinks() {
    try (RouteSocket route = RouteSocket.open()) {
      String mark = "universal-node/" + testbed.name() + "/";
      return route.links().stream().filter(link -> link.alias().startsWith(mark)).toList();
    }
  }

  /** In the hierarchy of v2 or in those of v1 controllers. */
  private List<Path> controlGroups() {
    Path root = Path.of("/sys/fs/cgroup");
    Path ours = Path.of("universal-node", testbed.name());
    try (Stream<Path> hierarchies = Files.list(root)) {
      return Stream.concat(Stream.of(root), hierarchies)
          .map(hierarchy -> hierarchy.resolve(ours))
          .filter(Files::exists)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer put(Graph graph) {
    return send("PUT", USUAL, graph.document());
  }

  private Answer send(String method, String path, String body) {
    try {
      URL url = URI.create("http://127.0.0.1:%d/NF-FG/%s".formatted(node.port(), path)).toURL();
      HttpURLConnection exchange = (HttpURLConnection) url.openConnection();
      exchange.setRequestMethod(method);
      if (!body.isEmpty()) {
        exchange.setDoOutput(true);
        exchange.getOutputStream().write(body.getBytes(UTF_8));
      }
      return new Answer(exchange.getResponseCode(), text(exchange));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(HttpURLConnection exchange) throws IOException {
    boolean failed = exchange.getResponseCode() >= 400;
    try (InputStream body = failed ? exchange.getErrorStream() : exchange.getInputStream()) {
      return body == null ? "" : new String(body.readAllBytes(), UTF_8);
    }
  }

  private record Answer(int status, String body) {}
}
