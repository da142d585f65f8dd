package org.universalnode.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.catalog.source.SourceAddress;
import org.universalnode.catalog.trust.UnsignedPolicy;
import org.universalnode.node.config.Configuration;
import org.universalnode.node.config.Setting;
import org.universalnode.node.deploy.HealthIntervals;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.node.security.Permission;
import org.universalnode.node.security.Permissions;
import org.universalnode.node.security.Security;
import org.universalnode.node.tls.ServerIdentity;

/** A node's options as a configuration says them. */
final class ConfiguredOptions {
  private ConfiguredOptions() {}

  /** Those of a configuration without problems. */
  static NodeOptions of(Configuration said) {
    return new NodeOptions(
        said.text(Setting.NAME),
        said.listen(),
        Path.of(said.text(Setting.STATE)),
        Path.of(said.text(Setting.FUNCTIONS)),
        Set.copyOf(said.texts(Setting.INTERFACES)),
        said.text(Setting.SWITCH),
        running(said),
        archives(said),
        operator(said));
  }

  private static OperatorOptions operator(Configuration said) {
    return new OperatorOptions(
        said.texts(Setting.USERS).stream().map(Integer::valueOf).collect(Collectors.toSet()),
        said.limits(),
        new HealthIntervals(said.number(Setting.SWEEP), said.number(Setting.STATUS)),
        said.graphs(),
        northbound(said),
        catalog(said),
        security(said));
  }

  private static SecurityOptions security(Configuration said) {
    return new SecurityOptions(
        said.text(Setting.AUTHENTICATION).equals("on")
            ? Optional.of(policy(said))
            : Optional.empty(),
        said.tlsListen(),
        identity(said));
  }

  private static Security.Policy policy(Configuration said) {
    Permissions usual =
        new Permissions(
            permission(said, Setting.OWNER_MAY),
            permission(said, Setting.GROUP_MAY),
            permission(said, Setting.ALL_MAY));
    Duration life = Duration.ofMinutes(said.number(Setting.TOKEN_MINUTES));
    return new Security.Policy(life, usual, permission(said, Setting.ADMIN_MAY));
  }

  private static Permission permission(Configuration said, Setting setting) {
    return Permission.of(said.text(setting)).orElseThrow();
  }

  /** The certificate that the node was given; empty if it makes its own. */
  static Optional<ServerIdentity> identity(Configuration said) {
    String certificate = said.text(Setting.TLS_CERTIFICATE);
    String key = said.text(Setting.TLS_KEY);
    return certificate.isEmpty() || key.isEmpty()
        ? Optional.empty()
        : Optional.of(new ServerIdentity(Path.of(certificate), Path.of(key)));
  }

  private static CatalogOptions catalog(Configuration said) {
    return new CatalogOptions(
        said.texts(Setting.CATALOG_SOURCES).stream().map(SourceAddress::parse).toList(),
        Duration.ofSeconds(said.number(Setting.CATALOG_REFRESH)));
  }

  /** Where the keys of publishers are. */
  static Path publishers(Configuration said) {
    String named = said.text(Setting.PUBLISHERS);
    return named.isEmpty()
        ? ArchiveOptions.publishers(Path.of(said.text(Setting.STATE)))
        : Path.of(named);
  }

  private static NorthboundOptions northbound(Configuration said) {
    return new NorthboundOptions(
        said.text(Setting.DOMAIN_ID),
        said.text(Setting.DOMAIN_NAME),
        said.text(Setting.MANAGEMENT_ADDRESS),
        said.interfaces(),
        said.upstreams());
  }

  private static RunningPolicy running(Configuration said) {
    return new RunningPolicy(
        said.texts(Setting.ISOLATION).stream().map(RunningPolicy.Demand::parse).toList(),
        Set.copyOf(said.texts(Setting.SHARE)),
        said.number(Setting.MEMORY_PERCENT));
  }

  private static ArchiveOptions archives(Configuration said) {
    return new ArchiveOptions(
        publishers(said),
        UnsignedPolicy.parse(said.text(Setting.UNSIGNED)),
        said.number(Setting.ARCHIVE_CACHE),
        said.number(Setting.IMAGE_CACHE));
  }
}
