package org.universalnode.nffg;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.universalnode.nffg.EndPoint.Account;
import org.universalnode.nffg.EndPoint.Addressing;
import org.universalnode.nffg.EndPoint.Kind;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Spelling;

/** Reads the object of an end-point that says what it is attached to. */
final class KindReader {
  private static final int LAST_VNI = (1 << 24) - 1;
  private static final long LAST_KEY = (1L << 32) - 1;

  private KindReader() {}

  /** Empty if something is wrong, which was told; unknown keys are not looked at. */
  static Optional<Kind> read(EndPointType type, JsonFields fields) {
    return switch (type) {
      case INTERFACE -> atInterface(fields, Kind.Interface::new);
      case INTERFACE_OUT -> atInterface(fields, Kind.InterfaceOut::new);
      case VLAN -> vlan(fields);
      case GRE_TUNNEL -> greTunnel(fields);
      case VXLAN -> vxlan(fields);
      case INTERNAL -> internal(fields);
      case HOST_STACK -> hostStack(fields);
      case UNBOUND -> Optional.of(new Kind.Unbound());
    };
  }

  private static Optional<Kind> atInterface(
      JsonFields fields, BiFunction<String, String, Kind> kind) {
    Optional<String> name = interfaceName(fields);
    String node = node(fields);
    return name.map(at -> kind.apply(at, node));
  }

  private static Optional<Kind> internal(JsonFields fields) {
    Optional<String> group = fields.requiredParsed("internal-group", KindReader::someName);
    String node = node(fields);
    return group.map(name -> new Kind.Internal(name, node));
  }

  private static Optional<Kind> vlan(JsonFields fields) {
    Optional<Integer> vlan = fields.requiredParsed("vlan-id", Notation::vlanId);
    Optional<String> name = interfaceName(fields);
    String node = node(fields);
    return vlan.flatMap(id -> name.map(at -> new Kind.Vlan(id, at, node)));
  }

  private static Optional<Kind> greTunnel(JsonFields fields) {
    Optional<Ends> ends = ends(fields);
    Optional<Long> key = fields.requiredParsed("gre-key", text -> number(text, LAST_KEY));
    OptionalInt ttl = ttl(fields);
    boolean secure = fields.bool("secure").orElse(false);
    return ends.flatMap(
        e -> key.map(number -> new Kind.GreTunnel(e.local, e.remote, number, ttl, secure)));
  }

  private static Optional<Kind> vxlan(JsonFields fields) {
    Optional<Ends> ends = ends(fields);
    Optional<Long> vni = fields.requiredParsed("vni", text -> number(text, LAST_VNI));
    OptionalInt port = optional(fields, "port", 65535);
    OptionalInt ttl = ttl(fields);
    return ends.flatMap(
        e -> vni.map(id -> new Kind.Vxlan(e.local, e.remote, id.intValue(), port, ttl)));
  }

  private static Optional<Kind> hostStack(JsonFields fields) {
    Optional<Addressing> configuration =
        fields.requiredParsed("configuration", KindReader::addressing);
    Optional<InterfaceAddress> address = either(fields, "IPv4", "ipv4", InterfaceAddress::parse);
    Optional<MacAddress> mac = fields.parsed("mac", MacAddress::parseUnicast);
    Optional<Account> account = account(fields, configuration);
    configuration
        .filter(how -> how == Addressing.STATIC && !fields.has("IPv4") && !fields.has("ipv4"))
        .ifPresent(
            how -> fields.problem("configuration", "it is static without address", "add IPv4"));
    return configuration.map(how -> new Kind.HostStack(how, address, mac, account));
  }

  private static Optional<Account> account(JsonFields fields, Optional<Addressing> configuration) {
    boolean wanted = configuration.filter(how -> how == Addressing.PPPOE).isPresent();
    if (!wanted && !fields.has("username") && !fields.has("password")) {
      return Optional.empty();
    }
    Optional<String> username = fields.requiredParsed("username", KindReader::someName);
    Optional<String> password = fields.requiredParsed("password", Identifier::name);
    return username.flatMap(name -> password.map(secret -> new Account(name, secret)));
  }

  /** The two ends of a tunnel. */
  private record Ends(IpAddress local, IpAddress remote) {}

  private static Optional<Ends> ends(JsonFields fields) {
    Optional<IpAddress> local = fields.requiredParsed("local-ip", IpAddress::parse);
    Optional<IpAddress> remote = fields.requiredParsed("remote-ip", IpAddress::parse);
    Optional<Ends> ends = local.flatMap(from -> remote.map(to -> new Ends(from, to)));
    boolean mixed = ends.filter(e -> !e.local.getClass().equals(e.remote.getClass())).isPresent();
    if (mixed) {
      fields.problem("remote-ip", "one end is IPv4 and the other IPv6", "use one family for both");
    }
    return ends;
  }

  private static OptionalInt ttl(JsonFields fields) {
    return optional(fields, "ttl", 255);
  }

  /** A number from 1 up, which documents write as a string. */
  private static OptionalInt optional(JsonFields fields, String key, int last) {
    return fields.parsed(key, text -> FieldNumber.parse(text, 1, last)).stream()
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  private static long number(String text, long last) {
    boolean hexadecimal = text.matches("0[xX][0-9a-fA-F]{1,8}");
    boolean decimal = text.matches("0|[1-9][0-9]{0,9}");
    long number =
        hexadecimal ? Long.parseLong(text.substring(2), 16) : decimal ? Long.parseLong(text) : -1;
    if (number < 0 || number > last) {
      throw Invalid.because(
          JsonText.quoted(text) + " is no number from 0 to " + last,
          "write it in decimal, or in hexadecimal after 0x");
    }
    return number;
  }

  private static Addressing addressing(String text) {
    List<String> words = List.of("DHCP", "static", "pppoe");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "dhcp" -> Addressing.DHCP;
      case "static" -> Addressing.STATIC;
      case "pppoe" -> Addressing.PPPOE;
      default ->
          throw Invalid.because(
              JsonText.quoted(text) + " is no way to get an address", Spelling.hint(text, words));
    };
  }

  private static Optional<String> interfaceName(JsonFields fields) {
    Optional<String> name = either(fields, "if-name", "interface", KindReader::someName);
    if (!fields.has("if-name") && !fields.has("interface")) {
      return fields.requiredParsed("if-name", KindReader::someName);
    }
    return name;
  }

  private static String node(JsonFields fields) {
    return fields.parsed("node-id", Identifier::name).orElse("");
  }

  private static String someName(String text) {
    if (text.isEmpty()) {
      throw Invalid.because("the name is empty", "write one");
    }
    return Identifier.name(text);
  }

  /** A value under the canonical key or under an older one. */
  private static <T> Optional<T> either(
      JsonFields fields, String key, String older, Function<String, T> parse) {
    if (fields.has(key) && fields.has(older)) {
      fields.problem(older, "it means the same as " + key, "remove one of the two");
    }
    return Stream.of(key, older)
        .filter(fields::has)
        .findFirst()
        .flatMap(present -> fields.parsed(present, parse));
  }
}
