package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.Link;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

/**
 * A node with a lan and a wan host, and functions of its own: {@code wire} joins its two ports and
 * leaves a process running, {@code cord} does the same, {@code broken} fails to start.
 */
final class Lab implements AutoCloseable {
  private static final String MATCH = "\"port_in\"";

  /** A type of frames that is left to experiments (IEEE 802). */
  private static final String UNUSUAL = "\"ether_type\":\"0x88b5\",";

  private static final String WIRE_START =
      """
      #!/bin/sh
      set -e
      echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
      ip link add br0 type bridge
      ip link set $4 master br0
      ip link set $5 master br0
      ip link set br0 up
      setsid sleep 1000 &
      echo started with $(cat $UN_CONFIG)
      """;
  private static final String WIRE_UPDATE =
      """
      #!/bin/sh
      grep -q refuse $UN_CONFIG && { echo "refuse: no such setting"; exit 1; }
      echo updated with $(cat $UN_CONFIG)
      """;

  private static final String HUB_UPDATE =
      """
      #!/bin/sh
      grep -q refuse $UN_CONFIG && { echo "refuse: no such setting"; exit 1; }
      shift 3
      for port; do ip link set $port master br0 || exit 1; done
      echo joins $*
      """;
  private static final String HUB_START =
      """
      #!/bin/sh
      echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
      ip link add br0 up type bridge || exit 1
      setsid sleep 1000 &
      """
          + HUB_UPDATE.replace("#!/bin/sh\n", "");

  private final Testbed testbed = new Testbed();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final List<Host> more = new ArrayList<>();
  private String switchDriver = "auto";
  final Host lan = testbed.host("10.0.0.1/24");
  final Host wan = testbed.host("10.0.0.2/24");

  Lab(Path folder) {
    this.folder = folder;
    function("wire", WIRE_START, WIRE_UPDATE);
    function("cord", WIRE_START, WIRE_UPDATE);
    function("broken", "#!/bin/sh\nsleep 1000 &\necho no way >&2\nexit 9\n", "");
  }

  /** Nodes that are started from now on use that switch driver. */
  Lab switching(String driver) {
    switchDriver = driver;
    return this;
  }

  /** One more host, at an interface of its own. */
  Host host(String address) {
    Host host = testbed.host(address);
    more.add(host);
    return host;
  }

  NodeOptions options() {
    Set<String> interfaces = new TreeSet<>(Set.of(lan.cable(), wan.cable()));
    more.forEach(host -> interfaces.add(host.cable()));
    return new NodeOptions(
        testbed.name(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        folder.resolve("state"),
        folder.resolve("functions"),
        interfaces,
        switchDriver,
        RunningPolicy.AS_ASKED);
  }

  /** A graph in which functions, one after the other, stand between lan and wan. */
  String chain(String... functions) {
    return graph(lan.cable(), wan.cable(), List.of(functions));
  }

  /**
   * A function that is connected to itself alone, by rules that match nothing: it may be a loop.
   */
  String island(String function) {
    return """
        {"forwarding-graph":{"VNFs":[{"id":"f0","functional-capability":"%s",
          "ports":[{"id":"p:0"},{"id":"p:1"}]}],
         "big-switch":{"flow-rules":[%s]}}}"""
        .formatted(function, cable(0, "vnf:f0:p:0", "vnf:f0:p:1").replace(MATCH, UNUSUAL + MATCH));
  }

  String graph(String from, String to, List<String> functions) {
    StringBuilder vnfs = new StringBuilder();
    StringBuilder rules = new StringBuilder();
    String left = "endpoint:lan";
    for (int i = 0; i < functions.size(); i++) {
      String[] parts = functions.get(i).split(" ", 2);
      String configuration = parts.length > 1 ? parts[1] : "{}";
      vnfs.append(i == 0 ? "" : ",")
          .append(
              """
              {"id":"f%d","functional-capability":"%s","ports":[{"id":"p:0"},{"id":"p:1"}],
               "configuration":%s}"""
                  .formatted(i, parts[0], configuration));
      rules.append(cable(2 * i, left, "vnf:f" + i + ":p:0")).append(",");
      left = "vnf:f" + i + ":p:1";
    }
    rules.append(cable(2 * functions.size(), left, "endpoint:wan"));
    return """
        {"forwarding-graph":{"name":"test","VNFs":[%s],
         "end-points":[
          {"id":"lan","type":"interface","interface":{"if-name":"%s"}},
          {"id":"wan","type":"interface","interface":{"if-name":"%s"}}],
         "big-switch":{"flow-rules":[%s]}}}"""
        .formatted(vnfs, from, to, rules);
  }

  /** A graph that joins lan with the machine's own stack, of which the settings are given. */
  String stack(String settings) {
    return """
        {"forwarding-graph":{"VNFs":[],
         "end-points":[
          {"id":"lan","type":"interface","interface":{"if-name":"%s"}},
          {"id":"box","type":"host-stack","host-stack":{%s}}],
         "big-switch":{"flow-rules":[%s]}}}"""
        .formatted(lan.cable(), settings, cable(0, "endpoint:lan", "endpoint:box"));
  }

  /** What the status of graph g1 says of that stack. */
  JsonObject stackStatus(int port) {
    String status = call(port, "GET", "/NF-FG/status/g1", "").body();
    JsonObject box =
        JsonParser.parseString(status)
            .getAsJsonObject()
            .getAsJsonArray("end-points")
            .get(1)
            .getAsJsonObject();
    assertThat(box.get("type").getAsString()).isEqualTo("host-stack");
    return box;
  }

  /** Headers are given as name, value, name, value. */
  HttpResponse<String> call(int port, String method, String path, String body, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.ofString(body));
    HttpRequest request = (headers.length == 0 ? builder : builder.headers(headers)).build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The machine reaches that network by the wan. */
  void route(String network) {
    run("/sbin/ip", "route", "add", network, "dev", wan.cable());
  }

  /** Runs a program, which has to succeed. */
  static void run(String... command) {
    try {
      assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void replugLan() {
    testbed.replug(lan, "10.0.0.1/24");
  }

  boolean connected(int tcpPort) {
    return lan.connect(wan, "10.0.0.2", tcpPort).isPresent();
  }

  /** What the node has in the kernel and on the disk for graphs: nothing, if it carries none. */
  List<String> traces() {
    List<String> found = new ArrayList<>();
    NetworkNamespace.names(testbed.name() + "-").stream()
        .filter(name -> !name.matches(".*-h\\d"))
        .forEach(found::add);
    try (RouteSocket route = RouteSocket.open()) {
      route.links().stream()
          .map(Link::alias)
          .filter(alias -> alias.contains("/" + testbed.name() + "/"))
          .forEach(found::add);
    }
    found.addAll(cgroups());
    found.addAll(instances());
    return found;
  }

  /** Also what a node without graphs has while it runs. */
  boolean hasPins() {
    return Files.exists(BpfFilesystem.ROOT.resolve("universal-node").resolve(testbed.name()));
  }

  /** So that a node which starts tells functions their settings again. */
  void forgetSettings() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("state/instances"))) {
      for (Path file : files.filter(f -> f.endsWith("started")).toList()) {
        Files.writeString(file, "{}");
      }
    }
  }

  @Override
  public void close() {
    testbed.close();
    http.close();
  }

  private List<String> cgroups() {
    return Stream.of("", "pids", "memory", "cpuset", "freezer", "cpu", "unified")
        .map(part -> Path.of("/sys/fs/cgroup", part, "universal-node", testbed.name()))
        .filter(Files::exists)
        .map(Path::toString)
        .toList();
  }

  private List<String> instances() {
    String[] names = folder.resolve("state/instances").toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  static String cable(int number, String a, String b) {
    String rule =
        """
        {"id":"%s","priority":1,"match":{"port_in":"%s"},"actions":[{"output_to_port":"%s"}]}""";
    return rule.formatted(number, a, b) + "," + rule.formatted(number + "-back", b, a);
  }

  void function(String name, String start, String update) {
    function(name, name, start, update, "");
  }

  /** A function {@code slow} that starts like a wire once it has read a line from that pipe. */
  void slow(Path pipe) {
    String wait = "#!/bin/sh\nread line < " + pipe + "\n";
    function("slow", WIRE_START.replace("#!/bin/sh\n", wait), WIRE_UPDATE);
  }

  /** A function that needs executables, which are named as in JSON. */
  void needy(String name, String capability, String... executables) {
    String needs =
        Stream.of(executables)
            .map("{\"name\":\"%s\",\"type\":\"executable\"}"::formatted)
            .collect(Collectors.joining(","));
    String dependencies = ",\"dependencies\":{\"capability\":[" + needs + "]}";
    function(name, capability, "#!/bin/sh\necho $PATH\n", "", dependencies);
  }

  /** A function {@code hub} that joins as many ports as it is given, also while it runs. */
  Lab hub() {
    template("hub", "hub", "0-N", ",\"hotplug\":true", HUB_START, HUB_UPDATE);
    return this;
  }

  private void function(
      String name, String capability, String start, String update, String dependencies) {
    template(name, capability, "0-1", dependencies, start, update);
  }

  private void template(
      String name, String capability, String ports, String more, String... handlers) {
    Path place = folder.resolve("functions").resolve(name);
    try {
      Files.createDirectories(place);
      Files.writeString(
          place.resolve("template.json"),
          """
          {"name":"%s","functional-capability":"%s","vnf-type":"native",
           "uri-image-type":"local-file","uri-image":"%s.tgz","memory-size":32,
           "CPUrequirements":{"platformType":"x86","socket":[{"coreNumbers":1}]},
           "ports":[{"position":"%s","label":"p","min":"2","name":"eth"}]%s}"""
              .formatted(name, capability, name, ports, more));
      Archives.write(place.resolve(name + ".tgz"), handlers[0], handlers[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
