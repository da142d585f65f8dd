package org.universalnode.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

class TemplateFolderTest {
  @TempDir Path folder;

  @Test
  void everyTemplateBelowTheFolderIsRead() throws IOException {
    write("one", TemplateText.named("nat", "nat", "native"));
    write("two", TemplateText.named("firewall", "firewall", "native"));
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(folder.resolve("README.md"), "no template");

    TemplateFolder loaded = TemplateFolder.load(folder);

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.templates())
        .extracting(FunctionTemplate::name)
        .containsExactly("firewall", "nat");
    assertThat(loaded.templates().getLast().image().resolved())
        .isEqualTo(folder.resolve("one/firewall.tgz").toUri());
  }

  @Test
  void aBadTemplateIsReportedWithItsPathAndHidesNoOther() throws IOException {
    write("good", TemplateText.firewall());
    Path bad = write("bad", TemplateText.with("vnf-type", "\"jail\""));

    TemplateFolder loaded = TemplateFolder.load(folder);

    assertThat(loaded.templates()).extracting(FunctionTemplate::name).containsExactly("firewall");
    assertThat(loaded.problems()).hasSize(1);
    assertThat(loaded.problems().getFirst().detail()).startsWith(bad + ": no implementation");
    assertThat(loaded.problems().getFirst().pointer()).isEqualTo("/vnf-type");
  }

  @Test
  void ofTwoTemplatesWithOneNameTheFirstFolderWins() throws IOException {
    write("a", TemplateText.firewall());
    Path second = write("b", TemplateText.firewall());
    TemplateFolder loaded = TemplateFolder.load(folder);
    assertThat(loaded.templates()).hasSize(1);
    assertThat(loaded.templates().getFirst().image().resolved().getPath()).contains("/a/");
    assertThat(onlyProblem(loaded).code()).isEqualTo(Code.CONFLICT);
    assertThat(onlyProblem(loaded).detail()).startsWith(second.toString());
  }

  @Test
  void aMissingFolderIsAProblem() {
    Problem problem = onlyProblem(TemplateFolder.load(folder.resolve("nowhere")));
    assertThat(problem.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(problem.detail()).contains("nowhere is not a folder");
  }

  @Test
  void whatIsNotATextFileIsAProblem() throws IOException {
    Files.createDirectories(folder.resolve("f/template.json"));
    assertThat(onlyProblem(TemplateFolder.load(folder)).detail()).contains("not a regular file");
  }

  @Test
  void bytesThatAreNotUtf8AreAProblem() throws IOException {
    Files.write(Files.createDirectories(folder.resolve("f")).resolve("template.json"), latin1());
    assertThat(onlyProblem(TemplateFolder.load(folder)).detail()).contains("is not text in UTF-8");
  }

  @Test
  void aHugeFileIsAProblem() throws IOException {
    write("f", " ".repeat((3 << 20) + 1));
    assertThat(onlyProblem(TemplateFolder.load(folder)).code()).isEqualTo(Code.LIMIT);
  }

  @Test
  void tooManyTemplatesAreAProblem() throws IOException {
    for (int i = 0; i <= 1_000; i++) {
      write("f" + i, "");
    }
    TemplateFolder loaded = TemplateFolder.load(folder);
    assertThat(onlyProblem(loaded).code()).isEqualTo(Code.LIMIT);
  }

  @Test
  void aTemplateThatOthersMayHaveWrittenIsRefusedAndHidesNoOther() throws IOException {
    write("good", TemplateText.firewall());
    Path open = write("open", TemplateText.named("nat", "nat", "native"));
    for (Path writable : List.of(open, open.resolveSibling(""))) {
      Set<PosixFilePermission> before = Files.getPosixFilePermissions(writable);
      permit(writable, "rwxrwxr-x");
      TemplateFolder loaded = TemplateFolder.load(folder);
      assertThat(loaded.templates()).extracting(FunctionTemplate::name).containsExactly("firewall");
      Problem problem = onlyProblem(loaded);
      assertThat(problem.code()).isEqualTo(Code.FORBIDDEN);
      assertThat(problem.detail()).startsWith(open + ": others may have written");
      assertThat(problem.nextStep()).contains("chmod go-w");
      assertThat(TemplateFolder.load(folder, TemplateWriters.ANYBODY).templates()).hasSize(2);
      Files.setPosixFilePermissions(writable, before);
    }
    assertThat(TemplateFolder.load(folder).templates()).hasSize(2);
  }

  @Test
  void ofAFolderToWhichOthersMayWriteNothingIsTaken() throws IOException {
    write("one", TemplateText.firewall());
    permit(folder, "rwxrwxrwx");
    TemplateFolder loaded = TemplateFolder.load(folder);
    assertThat(loaded.templates()).isEmpty();
    assertThat(onlyProblem(loaded).code()).isEqualTo(Code.FORBIDDEN);
    assertThat(onlyProblem(loaded).detail()).contains("others may write to " + folder);
    assertThat(TemplateFolder.load(folder, TemplateWriters.ANYBODY).templates()).hasSize(1);
  }

  private static void permit(Path one, String permissions) throws IOException {
    Files.setPosixFilePermissions(one, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aCatalogSeesChangesWhenItIsReloaded() throws IOException {
    write("one", TemplateText.firewall());
    Catalog catalog = Catalog.of(folder);
    write("two", TemplateText.named("nat", "nat", "native"));
    write("three", "{");
    assertThat(catalog.all()).hasSize(1);
    assertThat(catalog.problems()).isEmpty();
    catalog.reload();
    assertThat(catalog.all()).hasSize(2);
    assertThat(catalog.problems()).hasSize(1);
  }

  private Path write(String name, String template) throws IOException {
    Path file = Files.createDirectories(folder.resolve(name)).resolve("template.json");
    return Files.writeString(file, template);
  }

  private static byte[] latin1() {
    return new byte[] {'"', (byte) 0xfc, '"'};
  }

  private static Problem onlyProblem(TemplateFolder loaded) {
    assertThat(loaded.problems()).hasSize(1);
    return loaded.problems().getFirst();
  }
}
