package org.universalnode.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code un fmt}: writes a document in its canonical form, without a node. */
final class FormatCommand implements Command {
  private static final String CHECK = "--check";

  @Override
  public CommandSpec specification() {
    OptionSpec check =
        OptionSpec.builder(CHECK)
            .type(boolean.class)
            .description("Only tell which of the files are not in canonical form.")
            .build();
    return named("fmt", "Print a service graph or template in its canonical form.")
        .addOption(DocumentKind.option())
        .addOption(check)
        .addPositional(
            Command.parameter(
                0,
                "FILE",
                "1..*",
                "The JSON file, or - for standard input; one, or more to check."));
  }

  @Override
  public int run(Invocation call) {
    DocumentReader reader = new DocumentReader(call);
    return call.flag(CHECK) ? check(reader, call) : format(reader, call);
  }

  private static int check(DocumentReader reader, Invocation call) {
    CheckReport report = new CheckReport(call);
    for (String file : call.parameters()) {
      report.add(reader.read(file).inCanonicalForm());
    }
    return report.end();
  }

  private static int format(DocumentReader reader, Invocation call) {
    List<String> files = call.parameters();
    if (files.size() > 1) {
      throw call.refused("fmt prints one document, and was given " + files.size() + " files");
    }
    Document document = reader.read(files.getFirst());
    if (!document.isOk() || !document.checked().warnings().isEmpty()) {
      call.err().print(CheckReport.shown(document, new Paint(false)));
    }
    if (!document.isOk()) {
      return CommandTree.FAILED;
    }
    call.out().print(document.canonical());
    return CommandTree.DONE;
  }
}
