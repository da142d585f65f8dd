package org.universalnode.node.config;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.universalnode.node.deploy.Limit;
import org.universalnode.node.description.DescribedInterface;
import org.universalnode.node.upstream.UpstreamOptions;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * What a node is told, all sources together. What is wrong is among the problems, and the next
 * source counts in its stead.
 */
public final class Configuration {
  private final Map<Setting, Given> settings = new EnumMap<>(Setting.class);
  private final List<Problem> problems = new ArrayList<>();
  private final Sources sources;
  private final FileContent content;

  private Configuration(Sources sources) {
    this.sources = sources;
    this.content = file().map(ConfigurationFile::read).orElse(FileContent.NONE);
    for (Setting setting : Setting.values()) {
      settings.put(setting, find(setting));
    }
    problems.addAll(content.problems());
    checkTogether();
  }

  /** Reads all sources; never throws for what they say. */
  public static Configuration read(Sources sources) {
    return new Configuration(sources);
  }

  /** The file that was read; empty if there is none. */
  public Optional<Path> file() {
    return sources
        .file()
        .or(() -> variable(Sources.FILE_VARIABLE).map(Path::of))
        .or(() -> Optional.of(Sources.USUAL_FILE).filter(Files::exists));
  }

  /** What a setting is and who said so. */
  public Given given(Setting setting) {
    return settings.getOrDefault(setting, fallback(setting));
  }

  public String text(Setting setting) {
    return given(setting).text();
  }

  public List<String> texts(Setting setting) {
    return given(setting).values();
  }

  public int number(Setting setting) {
    return Integer.parseInt(text(setting));
  }

  public InetSocketAddress listen() {
    return Values.address(text(Setting.LISTEN));
  }

  /** Where it listens with TLS; empty if it does not. */
  public Optional<InetSocketAddress> tlsListen() {
    return Optional.of(text(Setting.TLS_LISTEN))
        .filter(text -> !text.isEmpty())
        .map(Values::anyAddress);
  }

  /** Of the whole node, then of tenants. */
  public List<Limit> limits() {
    Limit node =
        new Limit(
            Limit.DEFAULT.graphs(),
            number(Setting.MOST_GRAPHS),
            number(Setting.MOST_FUNCTIONS),
            number(Setting.MOST_RULES),
            number(Setting.MOST_MEMORY));
    return Stream.concat(
            Stream.of(node), content.tenants().stream().map(tenant -> tenant.limit(node)))
        .toList();
  }

  public List<InitialGraph> graphs() {
    return content.graphs();
  }

  /** What is said of interfaces. */
  public List<DescribedInterface> interfaces() {
    return content.interfaces();
  }

  public List<UpstreamOptions> upstreams() {
    return content.upstreams();
  }

  /** All that is wrong with what was said; each begins with who said it. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /**
   * This, if nothing is wrong with it.
   *
   * @throws ProblemException with all problems
   */
  public Configuration orThrow() {
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return this;
  }

  /** What makes sense only with something else. */
  private void checkTogether() {
    boolean listens = !text(Setting.TLS_LISTEN).isEmpty();
    if (listens && text(Setting.AUTHENTICATION).equals("off")) {
      conflict(
          Setting.TLS_LISTEN,
          "with TLS those from other machines are known by a login, and authentication is off",
          "say --authentication on");
    }
    if (text(Setting.TLS_CERTIFICATE).isEmpty() != text(Setting.TLS_KEY).isEmpty()) {
      conflict(
          text(Setting.TLS_KEY).isEmpty() ? Setting.TLS_CERTIFICATE : Setting.TLS_KEY,
          "a certificate and its key go together",
          "say both --tls-certificate and --tls-key, or neither");
    }
  }

  private void conflict(Setting setting, String detail, String next) {
    problems.add(
        Problem.of(Code.INVALID_DOCUMENT, detail)
            .next(next)
            .during(given(setting).origin().toString()));
  }

  private Given find(Setting setting) {
    return Stream.of(onCommandLine(setting), inEnvironment(setting))
        .flatMap(Optional::stream)
        .filter(given -> accepted(setting, given))
        .findFirst()
        .or(() -> Optional.ofNullable(content.settings().get(setting)))
        .orElseGet(() -> fallback(setting));
  }

  private Optional<Given> onCommandLine(Setting setting) {
    return Optional.ofNullable(sources.commandLine().get(setting))
        .map(values -> new Given(values, new Origin.CommandLine(setting.option())));
  }

  private Optional<Given> inEnvironment(Setting setting) {
    return variable(setting.variable())
        .map(text -> setting.isList() ? Arrays.asList(text.split(",", -1)) : List.of(text))
        .map(values -> new Given(values, new Origin.Variable(setting.variable())));
  }

  private boolean accepted(Setting setting, Given given) {
    Optional<Problem> refusal = setting.kind().refusal(given.values());
    refusal.ifPresent(problem -> problems.add(problem.during(given.origin().toString())));
    return refusal.isEmpty();
  }

  private Given fallback(Setting setting) {
    String text = sources.installed().getOrDefault(setting, setting.fallback());
    return new Given(text.isEmpty() ? List.of() : List.of(text), new Origin.Fallback());
  }

  /** One that is set to nothing counts as not set. */
  private Optional<String> variable(String name) {
    return Optional.ofNullable(sources.environment().get(name)).filter(text -> !text.isBlank());
  }
}
