package org.universalnode.node.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.universalnode.catalog.archive.CacheRoom;
import org.universalnode.catalog.source.SourceAddress;
import org.universalnode.catalog.trust.UnsignedPolicy;
import org.universalnode.node.deploy.HealthIntervals;
import org.universalnode.node.deploy.Limit;
import org.universalnode.node.deploy.RunningPolicy;

/**
 * Everything that a node can be told with one value or one list. Each has a key in a section of the
 * file, an option of the command line, and a variable of the environment that is named after the
 * option.
 */
public enum Setting {
  NAME(
      "node.name", "--name", Kind.text(Values::nodeName), "un", "tells nodes on one machine apart"),
  STATE(
      "node.state",
      "--state",
      Kind.text(Values::path),
      "/var/lib/universal-node",
      "folder for all that it keeps"),
  FUNCTIONS(
      "node.functions",
      "--functions",
      Kind.text(Values::path),
      "functions",
      "folder of function templates"),
  INTERFACES(
      "node.interfaces",
      "--interface",
      Kind.texts(Values::interfaceName),
      "",
      "interfaces of the machine that graphs may use"),
  SWITCH(
      "node.switch",
      "--switch",
      Kind.text(Values::word),
      "auto",
      "switch driver: ebpf, openvswitch or auto"),
  DOMAIN_ID(
      "domain.id",
      "--domain-id",
      Kind.text(Values::word),
      "",
      "tells this domain from others; if empty, made from the machine's id"),
  DOMAIN_NAME(
      "domain.name",
      "--domain-name",
      Kind.text(Values::word),
      "",
      "name of this domain among others; if empty, the node's"),
  MANAGEMENT_ADDRESS(
      "domain.management-address",
      "--management-address",
      Kind.text(Values::word),
      "",
      "where those above reach the REST API; if empty, where it listens"),
  LISTEN(
      "api.listen",
      "--listen",
      Kind.text(Values::address),
      "127.0.0.1:8080",
      "loopback address of the REST API"),
  USERS(
      "api.users",
      "--user",
      Kind.numbers(0, Integer.MAX_VALUE),
      "",
      "ids of users that may talk to it, besides root"),
  AUTHENTICATION(
      "api.authentication",
      "--authentication",
      Kind.text(text -> Values.oneOf(text, List.of("on", "off"))),
      "off",
      "whether others than root can log in, with a password: on or off"),
  TOKEN_MINUTES(
      "api.token-minutes",
      "--token-minutes",
      Kind.number(1, 43_200),
      "720",
      "how long somebody is logged in, in minutes"),
  TLS_LISTEN(
      "api.tls-listen",
      "--tls-listen",
      Kind.text(Values::anyAddress),
      "",
      "address where the REST API is to be had with TLS, from other machines too: 0.0.0.0:8443"),
  TLS_CERTIFICATE(
      "api.tls-certificate",
      "--tls-certificate",
      Kind.text(Values::path),
      "",
      "file with the certificate for TLS (PEM); if empty, the node makes its own"),
  TLS_KEY(
      "api.tls-key",
      "--tls-key",
      Kind.text(Values::path),
      "",
      "file with the key of that certificate (PEM, PKCS #8)"),
  OWNER_MAY(
      "permissions.owner",
      "--owner-may",
      Kind.text(Values::permission),
      "AAA",
      "what who makes a graph may do: read, update, delete, each A (allowed) or D (denied)"),
  GROUP_MAY(
      "permissions.group",
      "--group-may",
      Kind.text(Values::permission),
      "ADD",
      "what others of its group may do with a graph"),
  ALL_MAY(
      "permissions.all",
      "--all-may",
      Kind.text(Values::permission),
      "DDD",
      "what every other tenant may do with a graph"),
  ADMIN_MAY(
      "permissions.admin",
      "--admin-may",
      Kind.text(Values::permission),
      "AAA",
      "what administrators and operators may do with every graph"),
  ISOLATION(
      "running.isolation",
      "--isolation",
      Kind.texts(RunningPolicy.Demand::parse),
      "",
      "least isolation of functions: network, jail or user; for some graphs: tenant-1*=user"),
  SHARE(
      "running.share",
      "--share",
      Kind.texts(Values::word),
      "",
      "templates of functions of which one instance serves all graphs"),
  UNSIGNED(
      "archives.unsigned",
      "--unsigned",
      Kind.text(UnsignedPolicy::parse),
      "local",
      "unsigned archives to take: local, any, none"),
  PUBLISHERS(
      "archives.publishers",
      "--publishers",
      Kind.text(Values::path),
      "",
      "folder of publishers' keys; if empty, publishers in the folder of state"),
  ARCHIVE_CACHE(
      "archives.cache-mb",
      "--archive-cache",
      Kind.number(1, 1 << 20),
      "" + CacheRoom.DEFAULT_MEGABYTES,
      "room for unpacked archives of native functions, in MiB"),
  IMAGE_CACHE(
      "archives.images-mb",
      "--image-cache",
      Kind.number(1, 1 << 20),
      "" + CacheRoom.DEFAULT_IMAGE_MEGABYTES,
      "room for images of other functions, and as much for their unpacked archives, in MiB"),
  CATALOG_SOURCES(
      "catalog.sources",
      "--catalog-source",
      Kind.texts(SourceAddress::parse),
      "",
      "more templates: folder=/path, index=https://host/catalog.json, datastore=http://host:8081"),
  CATALOG_REFRESH(
      "catalog.refresh-seconds",
      "--catalog-refresh",
      Kind.number(10, 86_400),
      "300",
      "seconds between two times that other machines are asked for their templates"),
  MOST_GRAPHS(
      "limits.most-graphs",
      "--most-graphs",
      Kind.number(0, Limit.MOST_GRAPHS),
      "" + Limit.DEFAULT.mostGraphs(),
      "graphs at the same time"),
  MOST_FUNCTIONS(
      "limits.most-functions",
      "--most-functions",
      Kind.number(0, Limit.MOST_FUNCTIONS),
      "" + Limit.DEFAULT.mostFunctions(),
      "functions of all graphs together"),
  MOST_RULES(
      "limits.most-rules",
      "--most-rules",
      Kind.number(0, Limit.MOST_RULES),
      "" + Limit.DEFAULT.mostRules(),
      "flow rules of all graphs together"),
  MOST_MEMORY(
      "limits.most-memory-mb",
      "--most-memory-mb",
      Kind.number(0, Limit.MOST_MEGABYTES),
      "" + Limit.DEFAULT.mostMegabytes(),
      "memory that all functions together may use, in MiB"),
  MEMORY_PERCENT(
      "limits.memory-percent",
      "--memory-percent",
      Kind.number(1, RunningPolicy.MOST_MEMORY_PERCENT),
      "" + RunningPolicy.DEFAULT_MEMORY_PERCENT,
      "how much of the machine's memory functions may be promised; more than 100 oversubscribes it"),
  SWEEP(
      "health.sweep-seconds",
      "--sweep-seconds",
      Kind.number(1, HealthIntervals.MOST_SECONDS),
      "" + HealthIntervals.DEFAULT.sweepSeconds(),
      "seconds between two looks at all that runs"),
  STATUS(
      "health.status-seconds",
      "--status-seconds",
      Kind.number(1, HealthIntervals.MOST_SECONDS),
      "" + HealthIntervals.DEFAULT.statusSeconds(),
      "seconds between two times that a function is asked how it is");

  private final String path;
  private final String option;

  @SuppressWarnings("ImmutableEnumChecker") // its function keeps nothing
  private final Kind kind;

  private final String fallback;
  private final String meaning;

  Setting(String path, String option, Kind kind, String fallback, String meaning) {
    this.path = path;
    this.option = option;
    this.kind = kind;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /** Section and key in the file: {@code node.name}. */
  public String path() {
    return path;
  }

  /** Such as {@code --name}. */
  public String option() {
    return option;
  }

  /** Such as {@code UN_NAME}. */
  public String variable() {
    return "UN_" + option.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** Whether it can have several values. */
  public boolean isList() {
    return kind.form().isList();
  }

  /** What holds if nobody says anything; empty for an empty list and what follows from others. */
  public String fallback() {
    return fallback;
  }

  /** In one line. */
  public String meaning() {
    return meaning;
  }

  String section() {
    return path.substring(0, path.indexOf('.'));
  }

  String key() {
    return path.substring(path.indexOf('.') + 1);
  }

  Kind kind() {
    return kind;
  }

  /** Whether a value is the name of a file or folder. */
  boolean isPlace() {
    return switch (this) {
      case STATE, FUNCTIONS, PUBLISHERS, TLS_CERTIFICATE, TLS_KEY -> true;
      case NAME, INTERFACES, SWITCH, LISTEN, USERS, ISOLATION, SHARE, UNSIGNED -> false;
      case AUTHENTICATION, TOKEN_MINUTES, TLS_LISTEN -> false;
      case OWNER_MAY, GROUP_MAY, ALL_MAY, ADMIN_MAY -> false;
      case DOMAIN_ID, DOMAIN_NAME, MANAGEMENT_ADDRESS -> false;
      case ARCHIVE_CACHE, IMAGE_CACHE, CATALOG_SOURCES, CATALOG_REFRESH -> false;
      case MOST_GRAPHS, MOST_FUNCTIONS, MOST_RULES, MOST_MEMORY, MEMORY_PERCENT -> false;
      case SWEEP, STATUS -> false;
    };
  }

  static Optional<Setting> of(String section, String key) {
    String path = section + "." + key;
    return Arrays.stream(values()).filter(one -> one.path.equals(path)).findFirst();
  }

  static List<String> sections() {
    return Arrays.stream(values()).map(Setting::section).distinct().toList();
  }

  static List<String> keys(String section) {
    return Arrays.stream(values())
        .filter(one -> one.section().equals(section))
        .map(Setting::key)
        .toList();
  }
}
