package org.universalnode.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.json.Checked;
import org.universalnode.problem.Problem;

class SignedTemplateTest {
  private static final Path FOLDER = Path.of("/srv/functions/firewall");
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @Test
  void versionAndDigestAreReadAndWritten() {
    String text = TemplateText.with("version", "\"1.2.0\"");
    text =
        text.replaceFirst("\\{", "{\"image-sha256\":\"" + DIGEST.toUpperCase(Locale.ROOT) + "\",");
    FunctionTemplate template = TemplateReader.read(text, FOLDER);
    assertThat(template.version()).isEqualTo(new FunctionVersion("1.2.0"));
    assertThat(template.image().sha256()).contains(DIGEST);
    assertThat(TemplateReader.read(TemplateWriter.write(template), FOLDER)).isEqualTo(template);
  }

  @Test
  void withoutThemAnyContentWillDoAndTheVersionIsZero() {
    FunctionTemplate template = TemplateReader.read(TemplateText.firewall(), FOLDER);
    assertThat(template.version().text()).isEqualTo("0");
    assertThat(template.image().sha256()).isEmpty();
    assertThat(TemplateWriter.write(template)).doesNotContain("version").doesNotContain("sha256");
  }

  @Test
  void whatIsNoVersionAndNoDigestIsToldWithItsPlace() {
    String text =
        TemplateText.with("version", "\"v1\"").replaceFirst("\\{", "{\"image-sha256\":\"12ab\",");
    Checked<FunctionTemplate> checked = TemplateReader.check(text, FOLDER);
    assertThat(checked.errors())
        .extracting(Problem::pointer)
        .containsExactlyInAnyOrder("/version", "/image-sha256");
    assertThat(checked.errors()).allMatch(problem -> !problem.nextStep().isEmpty());
  }
}
