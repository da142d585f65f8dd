package org.universalnode.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.universalnode.node.deploy.Limit;
import org.universalnode.problem.Place;
import org.universalnode.problem.Problem;

class ConfigurationFileTest {
  @TempDir Path folder;

  @Test
  void everySettingCanBeWritten() throws IOException {
    FileContent content =
        read(
            """
            [node]
            name = "edge"
            state = "state"
            functions = "/opt/functions"
            interfaces = ["lan0", "wan0"]
            switch = "ebpf"
            [domain]
            id = "7"
            name = "box"
            management-address = "192.0.2.1:8080"
            [api]
            listen = "[::1]:9090"
            users = [1000, 1001]
            authentication = "on"
            token-minutes = 60
            tls-listen = "0.0.0.0:8443"
            tls-certificate = "node.pem"
            tls-key = "node.key"
            [permissions]
            owner = "AAA"
            group = "AAD"
            all = "ADD"
            admin = "AAA"
            [running]
            isolation = ["jail", "tenant-1*=user"]
            share = ["firewall"]
            [archives]
            unsigned = "none"
            publishers = "keys"
            cache-mb = 64
            images-mb = 128
            [catalog]
            sources = ["index=https://example.org/catalog.json", "folder=/srv/functions"]
            refresh-seconds = 60
            [limits]
            most-graphs = 10
            most-functions = 20
            most-rules = 30
            most-memory-mb = 40
            memory-percent = 150
            [health]
            sweep-seconds = 60
            status-seconds = 5
            """);
    assertThat(content.problems()).isEmpty();
    assertThat(content.settings()).containsOnlyKeys(Setting.values());
    assertThat(text(content, Setting.USERS)).isEqualTo("1000,1001");
    assertThat(content.settings().get(Setting.INTERFACES))
        .isEqualTo(new Given(List.of("lan0", "wan0"), new Origin.InFile(file(), new Place(5, 1))));
  }

  @Test
  void relativePathsBeginInTheFilesFolder() throws IOException {
    FileContent content =
        read(
            """
            [node]
            state = "state"
            functions = "../functions"
            [[graph]]
            id = "home"
            file = "home.json"
            """);
    assertThat(text(content, Setting.STATE)).isEqualTo(folder.resolve("state").toString());
    assertThat(text(content, Setting.FUNCTIONS))
        .isEqualTo(folder.resolveSibling("functions").toString());
    assertThat(content.graphs()).extracting(InitialGraph::file).containsExactly(at("home.json"));
  }

  @Test
  void whatATenantDoesNotSayTheNodeDecides() throws IOException {
    FileContent content =
        read(
            """
            [[tenant]]
            graphs = "tenant-1*"
            most-graphs = 3
            most-memory-mb = 512
            """);
    assertThat(content.problems()).isEmpty();
    assertThat(content.tenants())
        .extracting(tenant -> tenant.limit(new Limit("*", 9, 8, 7, 6)))
        .containsExactly(new Limit("tenant-1*", 3, 8, 7, 512));
  }

  @Test
  void allThatIsWrongIsSaidAtOnceWithItsPlaceAndWhatToDo() throws IOException {
    FileContent content =
        read(
            """
            # wrong in every way
            colour = "red"
            [node]
              name = "Big Box"
              interfaces = "lan0"
              speed = 3
            [api]
            listen = 8080
            users = [1000, "root"]
            [limits]
            most-graphs = 5000
            most-rules = -1
            [[graph]]
            id = "home"
            [[graph]]
            id = "a/b"
            file = ""
            name = "x"
            [[tenant]]
            most-functions = 1.5
            """);
    assertThat(content.problems())
        .extracting(problem -> problem.detail().replace(file() + ":", ""))
        .containsExactlyInAnyOrder(
            "2:1: \"colour\" is unknown here",
            "4:3: \"Big Box\" can't be a node's name",
            "5:3: \"interfaces\" has a value of another type",
            "6:3: \"speed\" is unknown here",
            "8:1: \"listen\" has a value of another type",
            "9:1: \"users\" has a value of another type",
            "11:1: \"5000\" is not possible here",
            "12:1: \"-1\" is not possible here",
            "13:1: \"file\" is missing",
            "16:1: \"a/b\" can't be a graph's id",
            "17:1: an empty path names no place",
            "18:1: \"name\" is unknown here",
            "19:1: \"graphs\" is missing",
            "20:1: \"most-functions\" has a value of another type");
    assertThat(content.problems()).extracting(Problem::nextStep).doesNotContain("");
    assertThat(content.settings()).isEmpty();
  }

  @Test
  void allErrorsOfSyntaxAreSaidAtOnce() throws IOException {
    FileContent content = read("[node]\nstate = 'a'\nstate = 'b'\nname =\n");
    assertThat(content.problems())
        .extracting(Problem::detail)
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).startsWith(file() + ":4:7: Unexpected end of line"),
            one -> assertThat(one).startsWith(file() + ":3:1: state previously defined"));
    assertThat(content.settings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "node = 5, 1:1: \"node\" is a section",
    "graph = 5, 1:1: \"graph\" is a list of at most 1024 sections",
    "graph = [5], 1:1: \"graph\" is a list of at most 1024 sections",
    "[graph], 1:1: \"graph\" is a list of at most 1024 sections",
    "tenant = \"x\", 1:1: \"tenant\" is a list of at most 1024 sections",
  })
  void aSectionIsASection(String text, String why) throws IOException {
    assertThat(read(text).problems())
        .extracting(Problem::detail)
        .containsExactly(file() + ":" + why);
  }

  @Test
  void twoGraphsHaveTwoIds() throws IOException {
    FileContent content =
        read("[[graph]]\nid='a'\nfile='a.json'\n[[graph]]\nid='a'\nfile='b.json'\n");
    assertThat(content.problems())
        .extracting(Problem::detail)
        .containsExactly(file() + ":5:1: there are two graphs \"a\"");
  }

  @Test
  void aFileThatIsTooLongIsRefused() throws IOException {
    assertThat(read("#".repeat((1 << 18) + 1)).problems())
        .extracting(Problem::detail)
        .containsExactly(
            file() + ": it can't be read: java.io.IOException: it has more than 262144 bytes");
  }

  @Test
  void valuesNestedTooDeeplyAreRefused() throws IOException {
    assertThat(read("a = " + "[".repeat(100_000)).problems()).isNotEmpty();
  }

  @Test
  void whatIsNotUtf8IsRefused() throws IOException {
    Files.write(file(), "name = 'é'".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(ConfigurationFile.read(file()).problems())
        .extracting(Problem::detail)
        .containsExactly(file() + ": it is not UTF-8");
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    assertThat(read("# nothing\n")).isEqualTo(FileContent.NONE);
  }

  private static String text(FileContent content, Setting setting) {
    return Objects.requireNonNull(content.settings().get(setting)).text();
  }

  private FileContent read(String text) throws IOException {
    Files.writeString(file(), text);
    return ConfigurationFile.read(file());
  }

  private Path file() {
    return at("node.toml");
  }

  private Path at(String name) {
    return folder.resolve(name);
  }
}
