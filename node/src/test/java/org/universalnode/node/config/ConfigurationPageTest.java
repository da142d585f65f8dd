package org.universalnode.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/configuration.md} says is so. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");

  @TempDir Path folder;

  @Test
  void thePageNamesEverySettingWithItsDefaultAndNoOther() throws IOException {
    List<String> named = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = Pattern.compile("\\| `(\\w+\\.[a-z-]+)` \\|.*").matcher(line);
      if (row.matches()) {
        named.add(line.replaceFirst("(\\|[^|]*\\|[^|]*\\|[^|]*\\|[^|]*\\|).*", "$1"));
      }
    }
    assertThat(named)
        .containsExactlyElementsOf(
            Arrays.stream(Setting.values()).map(ConfigurationPageTest::row).toList());
  }

  @Test
  void itsExampleIsRight() throws IOException {
    Matcher example =
        Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
    assertThat(example.find()).isTrue();
    Path file =
        Files.writeString(folder.resolve("node.toml"), Objects.requireNonNull(example.group(1)));
    FileContent content = ConfigurationFile.read(file);
    assertThat(content.problems()).isEmpty();
    assertThat(content.settings()).containsOnlyKeys(Setting.INTERFACES, Setting.ISOLATION);
    assertThat(content.tenants()).hasSize(1);
    assertThat(content.graphs()).hasSize(1);
    assertThat(content.interfaces()).hasSize(1);
    assertThat(content.interfaces().getFirst().vlans()).containsExactly(223, 224);
    assertThat(content.interfaces().getFirst().neighbours()).hasSize(1);
    assertThat(content.upstreams()).singleElement().matches(one -> one.key().isPresent());
  }

  private static String row(Setting setting) {
    String fallback = setting.fallback().isEmpty() ? "none" : "`" + setting.fallback() + "`";
    return "| `%s` | `%s` | `%s` | %s |"
        .formatted(setting.path(), setting.option(), setting.variable(), fallback);
  }
}
