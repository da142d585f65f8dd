package org.universalnode.cli;

import picocli.CommandLine.Model.CommandSpec;

/** {@code un validate}: says what is wrong with documents, without a node. */
final class ValidateCommand implements Command {

  @Override
  public CommandSpec specification() {
    return named("validate", "Check service graphs and templates; needs no node.")
        .addOption(DocumentKind.option())
        .addPositional(
            Command.parameter(0, "FILE", "1..*", "The JSON files; - for standard input."));
  }

  @Override
  public int run(Invocation call) {
    DocumentReader reader = new DocumentReader(call);
    CheckReport report = new CheckReport(call);
    for (String file : call.parameters()) {
      report.add(reader.read(file));
    }
    return report.end();
  }
}
