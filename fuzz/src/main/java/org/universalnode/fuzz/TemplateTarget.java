package org.universalnode.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.TemplateReader;
import org.universalnode.catalog.TemplateWriter;

/** Function templates. */
public final class TemplateTarget {
  /** Where relative names of images start; nothing is opened there. */
  private static final Path FOLDER = Path.of("/templates");

  static final Format<FunctionTemplate> FORMAT =
      new Format<>(text -> TemplateReader.check(text, FOLDER), TemplateWriter::write);

  private TemplateTarget() {}

  /** Called by the fuzzer, which knows the method by its name. */
  public static void fuzzerTestOneInput(byte[] text) {
    FORMAT.examine(new String(text, StandardCharsets.UTF_8));
  }
}
