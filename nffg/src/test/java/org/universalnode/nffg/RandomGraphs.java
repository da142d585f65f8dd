package org.universalnode.nffg;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Draws valid graphs; the same seed draws the same graph. */
final class RandomGraphs {
  private final Random random;

  RandomGraphs(long seed) {
    random = new Random(seed);
  }

  ServiceGraph graph(int mostFunctions, int mostRules) {
    List<NetworkFunction> functions =
        IntStream.range(0, random.nextInt(mostFunctions) + 1).mapToObj(this::function).toList();
    List<EndPoint> endPoints =
        IntStream.range(0, random.nextInt(4) + 1).mapToObj(this::endPoint).toList();
    List<PortRef> ports = new ArrayList<>();
    functions.forEach(
        f -> f.ports().forEach(p -> ports.add(new PortRef.OfFunction(f.id(), p.id()))));
    endPoints.forEach(e -> ports.add(new PortRef.OfEndPoint(e.id())));
    int rules = random.nextInt(mostRules + 1);
    return new ServiceGraph(
        word(),
        word(),
        functions,
        endPoints,
        IntStream.range(0, rules).mapToObj(i -> rule(i, ports)).toList(),
        extras("domain"));
  }

  private NetworkFunction function(int number) {
    List<PortLabel> labels = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      labels.add(new PortLabel("inout", i));
      labels.add(new PortLabel("User side", i));
    }
    Collections.shuffle(labels, random);
    return new NetworkFunction(
        "f" + number,
        "n" + word(),
        word(),
        word(),
        labels.stream().limit(random.nextInt(4)).map(this::port).toList(),
        random.nextBoolean() ? "{}" : "{\"b\":[1,{\"a\":null}],\"a\":\"" + word() + "\"}",
        random.nextBoolean() ? "{}" : "{\"groups\":[\"g\"],\"gui-position\":{\"y\":1,\"x\":2e3}}");
  }

  private FunctionPort port(PortLabel id) {
    boolean trusted = random.nextBoolean();
    return new FunctionPort(
        id,
        word(),
        trusted || random.nextBoolean() ? Optional.of(unicast()) : Optional.empty(),
        maybe(new InterfaceAddress(new Ipv4Address(random.nextInt()), random.nextInt(33))),
        trusted,
        "{}");
  }

  private EndPoint endPoint(int number) {
    return new EndPoint(
        "e" + number,
        word(),
        new EndPoint.Kind.Interface("eth" + number, word()),
        extras("domain"));
  }

  private FlowRule rule(int number, List<PortRef> ports) {
    List<Action> actions = new ArrayList<>();
    do {
      actions.add(new Action.Output(any(ports)));
    } while (random.nextInt(4) == 0);
    return new FlowRule(
        "r" + number, number, word(), new Match(any(ports), matchFields()), actions);
  }

  private MatchFields matchFields() {
    MatchFields fields = MatchFields.ANY;
    fields = random.nextBoolean() ? fields : fields.withVlan(vlan());
    fields = random.nextBoolean() ? fields : fields.withSourceMac(unicast());
    fields = random.nextBoolean() ? fields : fields.withDestMac(unicast());
    fields = random.nextBoolean() ? fields : fields.withSourceIp(prefix());
    fields = random.nextBoolean() ? fields : fields.withDestIp(prefix());
    if (random.nextBoolean()) {
      fields = fields.withProtocol(any(List.of(6, 17, 132)));
      fields = random.nextBoolean() ? fields : fields.withSourcePort(random.nextInt(65536));
      fields = random.nextBoolean() ? fields : fields.withDestPort(random.nextInt(65536));
    }
    return random.nextBoolean() ? fields : fields.withPrerequisites();
  }

  private VlanMatch vlan() {
    return any(
        List.of(
            new VlanMatch.Tagged(),
            new VlanMatch.Untagged(),
            new VlanMatch.Vlan(1 + random.nextInt(4094))));
  }

  private Ipv4Prefix prefix() {
    return new Ipv4Prefix(new Ipv4Address(random.nextInt()), random.nextInt(33));
  }

  private MacAddress unicast() {
    return new MacAddress((random.nextLong() & 0xfeffffffffffL) | 1);
  }

  private String extras(String key) {
    return random.nextBoolean() ? "{}" : "{\"" + key + "\":\"" + word() + "\"}";
  }

  private String word() {
    return any(List.of("", "a", "zwei Wörter", "<html>&'", "\u2028 😀", "{}", "0"));
  }

  private <T> Optional<T> maybe(T value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  private <T> T any(List<? extends T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
