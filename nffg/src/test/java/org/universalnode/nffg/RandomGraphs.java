package org.universalnode.nffg;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.universalnode.nffg.EndPoint.Account;
import org.universalnode.nffg.EndPoint.Addressing;
import org.universalnode.nffg.EndPoint.Kind;

/** Draws valid graphs with all that a graph can say; the same seed draws the same graph. */
final class RandomGraphs {
  private final Draw draw;
  private final Random shuffle;

  RandomGraphs(long seed) {
    draw = new Draw(seed);
    shuffle = new Random(seed);
  }

  ServiceGraph graph(int mostFunctions, int mostRules) {
    List<NetworkFunction> functions = numbered(draw.upTo(mostFunctions), this::function);
    List<EndPoint> endPoints = numbered(1 + draw.upTo(4), this::endPoint);
    List<PortRef> ports = new ArrayList<>();
    functions.forEach(
        f -> f.ports().forEach(p -> ports.add(new PortRef.OfFunction(f.id(), p.id()))));
    endPoints.forEach(e -> ports.add(new PortRef.OfEndPoint(e.id())));
    return new ServiceGraph(
        draw.maybeWord(),
        draw.maybeWord(),
        functions,
        endPoints,
        numbered(draw.upTo(mostRules), number -> rule(number, ports)),
        numbered(draw.upTo(2), this::nodeSetting),
        draw.extras(List.of("\"id\":\"7\"", "\"domain\":\"\"", "\"unify-monitoring\":\"m\"")));
  }

  private static <T> List<T> numbered(int count, IntFunction<T> make) {
    return IntStream.range(0, count).mapToObj(make).toList();
  }

  private NetworkFunction function(int number) {
    List<PortLabel> labels = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      labels.add(new PortLabel("inout", i));
      labels.add(new PortLabel("User side", 65535 - i));
    }
    Collections.shuffle(labels, shuffle);
    return new NetworkFunction(
        "f" + number,
        "n" + draw.maybeWord(),
        draw.maybeWord(),
        draw.maybeWord(),
        labels.stream().limit(draw.upTo(3)).map(this::port).toList(),
        draw.extras(List.of("\"b\":[1,{\"a\":null}]", "\"a\":\"x\"", "\"\":1e400", "\"c\":{}")),
        numbered(draw.upTo(2), i -> new ControlPort(1 + draw.upTo(65534), 1 + draw.upTo(65534))),
        numbered(draw.upTo(2), this::variable),
        draw.extras(
            List.of(
                "\"groups\":[\"g\",[]]",
                "\"gui-position\":{\"y\":1,\"x\":2e3}",
                "\"domain\":\"d\"",
                "\"description\":\"\"")));
  }

  private EnvironmentVariable variable(int number) {
    return new EnvironmentVariable("V_" + number, draw.maybeWord() + draw.any(List.of("", "=\n")));
  }

  private FunctionPort port(PortLabel id) {
    boolean trusted = draw.flip();
    return new FunctionPort(
        id,
        draw.maybeWord(),
        trusted ? Optional.of(draw.unicast()) : draw.maybe(draw::unicast),
        draw.maybe(draw::interfaceAddress),
        trusted,
        draw.extras(List.of("\"gui-position\":{}")));
  }

  private EndPoint endPoint(int number) {
    return new EndPoint(
        "e" + number,
        draw.maybeWord(),
        kind(draw.any(List.of(EndPointType.values()))),
        draw.extras(List.of("\"domain\":\"d\"", "\"gui-position\":{\"x\":1}")));
  }

  private Kind kind(EndPointType type) {
    return switch (type) {
      case INTERFACE -> new Kind.Interface(draw.word(), draw.maybeWord());
      case INTERFACE_OUT -> new Kind.InterfaceOut(draw.word(), draw.maybeWord());
      case VLAN -> new Kind.Vlan(1 + draw.upTo(4093), draw.word(), draw.maybeWord());
      case GRE_TUNNEL -> greTunnel();
      case VXLAN -> vxlan();
      case INTERNAL -> new Kind.Internal(draw.word(), draw.maybeWord());
      case HOST_STACK -> hostStack(draw.any(List.of(Addressing.values())));
      case UNBOUND -> new Kind.Unbound();
    };
  }

  private Kind greTunnel() {
    boolean ipv4 = draw.flip();
    return new Kind.GreTunnel(
        address(ipv4), address(ipv4), draw.bits(32), draw.maybeFrom1To(255), draw.flip());
  }

  private Kind vxlan() {
    boolean ipv4 = draw.flip();
    return new Kind.Vxlan(
        address(ipv4),
        address(ipv4),
        (int) draw.bits(24),
        draw.maybeFrom1To(65535),
        draw.maybeFrom1To(255));
  }

  private IpAddress address(boolean ipv4) {
    return ipv4 ? draw.ipv4() : draw.ipv6();
  }

  private Kind hostStack(Addressing how) {
    Account account = new Account(draw.word(), draw.maybeWord());
    return new Kind.HostStack(
        how,
        how == Addressing.STATIC
            ? Optional.of(draw.interfaceAddress())
            : draw.maybe(draw::interfaceAddress),
        draw.maybe(draw::unicast),
        how == Addressing.PPPOE ? Optional.of(account) : draw.maybe(() -> account));
  }

  private NodeSetting nodeSetting(int number) {
    return new NodeSetting.DefaultGateway("s" + number, address(draw.flip()));
  }

  /** The priority is the number, so that no two rules are equal. */
  private FlowRule rule(int number, List<PortRef> ports) {
    RandomMatches.Shape shape = draw.any(List.of(RandomMatches.Shape.values()));
    MatchFields fields = RandomMatches.of(shape, draw);
    Match match =
        new Match(draw.any(ports), fields, draw.extras(List.of("\"hard_timeout\":\"30\"")));
    return new FlowRule(
        "r" + number,
        number,
        draw.maybeWord(),
        match,
        RandomActions.of(fields, shape, ports, draw));
  }
}
