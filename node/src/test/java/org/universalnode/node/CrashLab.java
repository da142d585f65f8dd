package org.universalnode.node;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.PowerLoss;

/**
 * Graphs of native functions that leave their mark in what goes through them: a bit each in the
 * type of service, so that a packet that arrives tells its way.
 */
final class CrashLab implements AutoCloseable {
  static final String GRAPH = "g1";
  static final String BESIDE = "beside";

  /** Datagrams to this port go by the function that no change of the graph interrupts. */
  static final int KEPT_PORT = 7001;

  /** And to others by the ones that changes are about. */
  static final int CHANGED_PORT = 7002;

  static final int BESIDE_PORT = 7003;

  /** Ways of packets, by the marks of the functions. */
  static final Set<Integer> KEPT_WAY = Set.of(0x04);

  static final Set<Integer> OLD_WAY = Set.of(0x08 | 0x10);
  static final Set<Integer> NEW_WAY = Set.of(0x20 | 0x40);

  static final Set<Integer> BESIDE_WAY = Set.of(0x80);

  private static final String START =
      """
      #!/bin/sh
      set -e
      echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
      ip -batch - <<BATCH
      link add br0 up arp off type bridge stp_state 0 mcast_snooping 0
      link set $4 master br0
      link set $5 master br0
      BATCH
      echo 0 > /proc/sys/net/bridge/bridge-nf-call-iptables
      nft "table bridge marks {
        chain passing {
          type filter hook forward priority 1
          ether type ip @nh,8,8 set @nh,8,8 or MARK
        }
      }"
      setsid sleep 3000 &
      """;
  private static final String UPDATE = "#!/bin/sh\ncat $UN_CONFIG\n";

  private final Path folder;
  private final Lab lab;
  private final Host left;
  private final Host right;

  CrashLab(Path folder) {
    this.folder = folder;
    lab = new Lab(folder);
    left = lab.host("10.0.1.1/24");
    right = lab.host("10.0.1.2/24");
    int bit = 0x04;
    for (String name : List.of("kept", "old", "leaving", "new", "coming", "side")) {
      lab.function(name, START.replace("MARK", String.valueOf(bit)), UPDATE);
      bit <<= 1;
    }
  }

  Lab lab() {
    return lab;
  }

  Path folder() {
    return folder;
  }

  Footprint footprint() {
    return Footprint.of(lab.options().name(), lab.options().state());
  }

  /** The graph as it is at first. */
  String old() {
    return graph(
        1, List.of(function("b", "old"), function("c", "leaving")), List.of("b", "c"), "one");
  }

  /** With a function more, one less, another in the place of one, a configuration and rules. */
  String changed() {
    return graph(
        2, List.of(function("b", "new"), function("d", "coming")), List.of("d", "b"), "two");
  }

  /** The same, with a function that can't be started. */
  String hopeless() {
    return graph(
        3, List.of(function("b", "new"), function("d", "broken")), List.of("d", "b"), "three");
  }

  /** The function {@code b} between lan and wan. */
  String single(String capability) {
    return document(
        lab.lan.cable(),
        lab.wan.cable(),
        List.of(function("b", capability)),
        cable("s", "endpoint:lan", "vnf:b:p:0") + "," + cable("t", "vnf:b:p:1", "endpoint:wan"));
  }

  /** A graph of one function that no other change is about. */
  String beside() {
    return document(
        left.cable(),
        right.cable(),
        List.of(function("s", "side")),
        cable("s", "endpoint:lan", "vnf:s:p:0") + "," + cable("t", "vnf:s:p:1", "endpoint:wan"));
  }

  NumberedStream kept() {
    return NumberedStream.between(lab.lan, lab.wan, at("10.0.0.2", KEPT_PORT), 1);
  }

  NumberedStream changing() {
    return changing(1);
  }

  NumberedStream changing(int perMillisecond) {
    return NumberedStream.between(lab.lan, lab.wan, at("10.0.0.2", CHANGED_PORT), perMillisecond);
  }

  NumberedStream aside() {
    return NumberedStream.between(left, right, at("10.0.1.2", BESIDE_PORT), 1);
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(address, port);
  }

  /** Takes away what a machine that loses its power does not keep, whatever of it is there. */
  void losePower() {
    new PowerLoss(lab.options().name(), lab.options().state(), lab.options().interfaces()).strike();
  }

  @Override
  public void close() {
    losePower();
    lab.close();
  }

  /** Function {@code a} serves one kind of packets, the others stand one after the other. */
  private String graph(int setting, List<String> functions, List<String> order, String name) {
    List<String> all = new ArrayList<>(functions);
    all.add(
        """
        {"id":"a","functional-capability":"kept","ports":[{"id":"p:0"},{"id":"p:1"}],
         "configuration":{"setting":%d}}"""
            .formatted(setting));
    StringBuilder rules =
        new StringBuilder(
            """
            {"id":"kept","priority":10,"match":{"port_in":"endpoint:lan","ether_type":"0x0800",
              "protocol":"udp","dest_port":"%d"},"actions":[{"output_to_port":"vnf:a:p:0"}]},
            {"id":"kept-on","priority":1,"match":{"port_in":"vnf:a:p:1"},
              "actions":[{"output_to_port":"endpoint:wan"}]}"""
                .formatted(KEPT_PORT));
    String from = "endpoint:lan";
    for (String function : order) {
      rules.append(",").append(cable(name + function, from, "vnf:" + function + ":p:0"));
      from = "vnf:" + function + ":p:1";
    }
    rules.append(",").append(cable(name, from, "endpoint:wan"));
    return document(lab.lan.cable(), lab.wan.cable(), all, rules.toString());
  }

  private static String document(String from, String to, List<String> functions, String rules) {
    return """
    {"forwarding-graph":{"VNFs":[%s],
     "end-points":[
      {"id":"lan","type":"interface","interface":{"if-name":"%s"}},
      {"id":"wan","type":"interface","interface":{"if-name":"%s"}}],
     "big-switch":{"flow-rules":[%s]}}}"""
        .formatted(String.join(",", functions), from, to, rules);
  }

  private static String function(String id, String capability) {
    return """
    {"id":"%s","functional-capability":"%s","ports":[{"id":"p:0"},{"id":"p:1"}]}"""
        .formatted(id, capability);
  }

  private static String cable(String id, String a, String b) {
    return """
    {"id":"%1$s-to","priority":1,"match":{"port_in":"%2$s"},
      "actions":[{"output_to_port":"%3$s"}]},
    {"id":"%1$s-fro","priority":1,"match":{"port_in":"%3$s"},
      "actions":[{"output_to_port":"%2$s"}]}"""
        .formatted(id, a, b);
  }
}
