package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.functions.DnsFilterGraph.UPSTREAM;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A filter whose template names a file, as an operator would say it. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class LongBlockListTest {
  private static final int NAMES = 200_000;

  @TempDir Path state;
  @TempDir Path folder;

  @Test
  void twoHundredThousandNamesFitIntoTheMemoryOfTheTemplate() throws IOException {
    Path list = Files.write(folder.resolve("list"), names().toList());
    Path functions = functionsWith(list);
    try (Lab lab = new Lab(state, functions, "10.0.0.3/24", UPSTREAM + "/24")) {
      lab.apply(
          DnsFilterGraph.filtering(
              lab.host(0), lab.host(1), "\"block-file\": \"%s\"".formatted(list)));
      NameQuestion question = NameQuestion.by(lab.host(0)).to(UPSTREAM);
      assertThat(question.about("ads0.example").saysThereIsNoSuchName()).isTrue();
      assertThat(question.about("ads199999.example").saysThereIsNoSuchName()).isTrue();
      JsonObject report = lab.report("filter");
      assertThat(report.get("blocked-names").getAsInt()).isEqualTo(NAMES);
      assertThat(report.get("blocked").getAsInt()).isEqualTo(2);
    }
  }

  private static Stream<String> names() {
    return Stream.concat(
        Stream.of("# as in /etc/hosts", "", "not/a/name"),
        IntStream.range(0, NAMES / 2)
            .mapToObj(i -> "0.0.0.0 ads%d.example ads%d.example".formatted(2 * i, 2 * i + 1)));
  }

  private Path functionsWith(Path list) throws IOException {
    Path packed = Path.of("target/functions/dns-filter");
    Path folderOfFilter = Files.createDirectories(folder.resolve("functions/dns-filter"));
    Files.copy(packed.resolve("dns-filter.tgz"), folderOfFilter.resolve("dns-filter.tgz"));
    JsonObject template =
        JsonParser.parseString(Files.readString(packed.resolve("template.json"))).getAsJsonObject();
    JsonObject file = new JsonObject();
    file.addProperty("name", list.toString());
    file.addProperty("type", "file");
    template.getAsJsonObject("dependencies").getAsJsonArray("capability").add(file);
    Files.writeString(folderOfFilter.resolve("template.json"), template.toString());
    return folder.resolve("functions");
  }
}
