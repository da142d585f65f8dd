package org.universalnode.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.universalnode.node.deploy.Limit;
import org.universalnode.problem.Place;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

class ConfigurationTest {
  @TempDir Path folder;

  @Test
  void aNodeThatIsToldNothingTakesWhatIsUsual() throws IOException {
    Configuration said = read(Map.of(), Map.of(), "");
    assertThat(said.problems()).isEmpty();
    assertThat(said.text(Setting.NAME)).isEqualTo("un");
    assertThat(said.listen()).hasToString("/127.0.0.1:8080");
    assertThat(said.texts(Setting.INTERFACES)).isEmpty();
    assertThat(said.limits()).containsExactly(Limit.DEFAULT);
    assertThat(said.given(Setting.NAME).origin()).hasToString("default");
  }

  @ParameterizedTest
  @EnumSource
  void theCommandLineCountsBeforeTheEnvironmentAndThatBeforeTheFile(Setting setting)
      throws IOException {
    String[] three = examples(setting);
    String written = setting.kind().form().isNumeric() ? three[2] : "'" + three[2] + "'";
    String value = setting.isList() ? "[" + written + "]" : written;
    String file = "[" + setting.section() + "]\n" + setting.key() + " = " + value + "\n";
    Map<Setting, List<String>> line = Map.of(setting, List.of(three[0]));
    Map<String, String> variables = Map.of(setting.variable(), three[1]);
    assertThat(read(line, variables, file).given(setting))
        .isEqualTo(new Given(List.of(three[0]), new Origin.CommandLine(setting.option())));
    assertThat(read(Map.of(), variables, file).given(setting))
        .isEqualTo(new Given(List.of(three[1]), new Origin.Variable(setting.variable())));
    assertThat(read(Map.of(), Map.of(), file).given(setting))
        .isEqualTo(new Given(List.of(three[2]), new Origin.InFile(file(), new Place(2, 1))));
  }

  @Test
  void aVariableOfAListHasCommasBetween() throws IOException {
    Configuration said = read(Map.of(), Map.of("UN_INTERFACE", "lan0,wan0"), "");
    assertThat(said.texts(Setting.INTERFACES)).containsExactly("lan0", "wan0");
  }

  @Test
  void whatIsWrongIsSaidWithItsOriginAndTheNextSourceCounts() throws IOException {
    Configuration said =
        read(
            Map.of(Setting.NAME, List.of("A")),
            Map.of("UN_NAME", "B", "UN_MOST_GRAPHS", "many", "UN_LISTEN", "192.0.2.1:80"),
            "[node]\nname = 'c'\n");
    assertThat(said.problems())
        .extracting(Problem::detail)
        .containsExactly(
            "--name: \"A\" can't be a node's name",
            "UN_NAME: \"B\" can't be a node's name",
            "UN_LISTEN: the node listens on loopback only, not on 192.0.2.1:80",
            "UN_MOST_GRAPHS: \"many\" is not possible here");
    assertThat(said.text(Setting.NAME)).isEqualTo("c");
    assertThat(said.number(Setting.MOST_GRAPHS)).isEqualTo(Limit.DEFAULT.mostGraphs());
    assertThatThrownBy(said::orThrow)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problems()).isEqualTo(said.problems()));
  }

  @Test
  void aVariableThatIsSetToNothingIsNotSet() throws IOException {
    assertThat(read(Map.of(), Map.of("UN_NAME", ""), "").text(Setting.NAME)).isEqualTo("un");
  }

  @Test
  void tenantsFollowTheNode() throws IOException {
    Configuration said =
        read(
            Map.of(Setting.MOST_RULES, List.of("50")),
            Map.of(),
            "[limits]\nmost-rules = 60\n[[tenant]]\ngraphs = 't*'\nmost-graphs = 2\n");
    Limit usual = Limit.DEFAULT;
    assertThat(said.limits())
        .containsExactly(
            new Limit("*", usual.mostGraphs(), usual.mostFunctions(), 50, usual.mostMegabytes()),
            new Limit("t*", 2, usual.mostFunctions(), 50, usual.mostMegabytes()));
  }

  @Test
  void aFileThatIsNamedHasToBeThere() {
    Sources sources =
        new Sources(Map.of(), Map.of(), Optional.of(folder.resolve("none.toml")), Map.of());
    assertThat(Configuration.read(sources).problems())
        .extracting(Problem::detail)
        .containsExactly(folder.resolve("none.toml") + ": there is no such file");
  }

  @Test
  void theEnvironmentMayNameTheFile() throws IOException {
    Files.writeString(file(), "[node]\nname = 'fromfile'\n");
    Map<String, String> environment = Map.of("UN_CONFIG", file().toString());
    Configuration said =
        Configuration.read(new Sources(Map.of(), environment, Optional.empty(), Map.of()));
    assertThat(said.text(Setting.NAME)).isEqualTo("fromfile");
    assertThat(said.file()).contains(file());
  }

  @Test
  void theInstallationSaysWhereItsFunctionsAre() throws IOException {
    Sources sources =
        new Sources(
            Map.of(),
            Map.of(),
            Optional.of(written("")),
            Map.of(Setting.FUNCTIONS, "/opt/functions"));
    assertThat(Configuration.read(sources).given(Setting.FUNCTIONS))
        .isEqualTo(new Given(List.of("/opt/functions"), new Origin.Fallback()));
  }

  @Test
  void everySettingHasAnOptionAKeyAndAVariableOfItsOwn() {
    List<Setting> all = Arrays.asList(Setting.values());
    assertThat(all).extracting(Setting::option).doesNotHaveDuplicates();
    assertThat(all).extracting(Setting::path).doesNotHaveDuplicates();
    assertThat(all).extracting(Setting::variable).doesNotHaveDuplicates().doesNotContain("UN_URL");
    assertThat(Setting.ARCHIVE_CACHE.variable()).isEqualTo("UN_ARCHIVE_CACHE");
  }

  @Test
  void whatNeedsSomethingElseIsToldWithout() throws IOException {
    Configuration open = read(Map.of(Setting.TLS_LISTEN, List.of("0.0.0.0:8443")), Map.of(), "");
    assertThat(open.problems()).hasSize(1);
    assertThat(open.problems().getFirst().toString())
        .contains("--tls-listen: ", "authentication is off", "--authentication on");
    Configuration half = read(Map.of(), Map.of("UN_TLS_KEY", "/key.pem"), "");
    assertThat(half.problems()).hasSize(1);
    assertThat(half.problems().getFirst().toString())
        .contains("UN_TLS_KEY: ", "a certificate and its key go together");
    Configuration whole =
        read(Map.of(), Map.of("UN_AUTHENTICATION", "on", "UN_TLS_LISTEN", "[::]:8443"), "");
    assertThat(whole.problems()).isEmpty();
    assertThat(whole.tlsListen().orElseThrow().getAddress().isAnyLocalAddress()).isTrue();
  }

  private static String[] examples(Setting setting) {
    return switch (setting) {
      case STATE, FUNCTIONS, PUBLISHERS -> new String[] {"/a", "/b", "/c"};
      case DOMAIN_ID, DOMAIN_NAME, MANAGEMENT_ADDRESS -> new String[] {"a", "b", "c"};
      case NAME, INTERFACES, SWITCH, SHARE -> new String[] {"a", "b", "c"};
      case LISTEN -> new String[] {"127.0.0.1:1", "[::1]:2", "127.0.0.3:3"};
      case ISOLATION -> new String[] {"jail", "user", "a*=user"};
      case UNSIGNED -> new String[] {"any", "none", "local"};
      case USERS, ARCHIVE_CACHE, IMAGE_CACHE -> new String[] {"1", "2", "3"};
      case MOST_GRAPHS, MOST_FUNCTIONS -> new String[] {"1", "2", "3"};
      case AUTHENTICATION -> new String[] {"on", "on", "on"};
      case TLS_LISTEN -> new String[] {"0.0.0.0:1", "[::]:2", "127.0.0.3:3"};
      case TLS_CERTIFICATE, TLS_KEY -> new String[] {"/a", "/b", "/c"};
      case OWNER_MAY, GROUP_MAY, ALL_MAY, ADMIN_MAY -> new String[] {"AAD", "ADA", "DAA"};
      case MEMORY_PERCENT, TOKEN_MINUTES -> new String[] {"1", "2", "3"};
      case CATALOG_SOURCES ->
          new String[] {"folder=/a", "index=https://a/b", "datastore=http://a:8081"};
      case CATALOG_REFRESH -> new String[] {"10", "11", "12"};
      case MOST_RULES, MOST_MEMORY, SWEEP, STATUS -> new String[] {"1", "2", "3"};
    };
  }

  private Configuration read(
      Map<Setting, List<String>> line, Map<String, String> variables, String file)
      throws IOException {
    return Configuration.read(new Sources(line, variables, Optional.of(written(file)), Map.of()));
  }

  private Path written(String text) throws IOException {
    return Files.writeString(file(), text);
  }

  private Path file() {
    return folder.resolve("node.toml");
  }
}
