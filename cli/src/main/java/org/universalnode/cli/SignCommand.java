package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.FunctionVersion;
import org.universalnode.catalog.trust.SignatureText;
import org.universalnode.catalog.trust.SigningKey;
import org.universalnode.catalog.trust.Statement;
import org.universalnode.nffg.json.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code un function sign}: writes the signature of an archive beside it. */
final class SignCommand implements Command {
  private static final String KEY = "--key";
  private static final String NAME = "--name";
  private static final String VERSION = "--version";
  private static final String UNVERSIONED =
      """
      un: warning: the version is 0, so nobody can tell an older archive from a newer one: a node
      takes the first that it is given, and then no other content of this version
        next: give each new content a higher version, in template.json or with --version
      """;

  @Override
  public CommandSpec specification() {
    return named(
            "sign",
            "Sign an archive: ARCHIVE.sig says that it is this version of this function.",
            "Name and version are those of the template.json beside it, if there is one.")
        .addOption(option(KEY, "FILE", "The private key; FILE.pub has to be there too.", true))
        .addOption(option(NAME, "NAME", "The function's name, as its template has it.", false))
        .addOption(option(VERSION, "VERSION", "The function's version, such as 1.2.", false))
        .addPositional(Command.parameter(0, "ARCHIVE", "1", "The archive, a .tgz."));
  }

  @Override
  public int run(Invocation call) {
    Path archive = FunctionFiles.path(call.parameter(0), call);
    SigningKey key = SigningKey.read(FunctionFiles.path(call.option(KEY, ""), call));
    Statement statement = statement(key.publisher().id(), archive, call);
    Path file = SignatureText.fileOf(archive);
    key.sign(statement).write(file);
    if (!statement.version().isNewerThan(FunctionVersion.NONE)) {
      call.err().print(UNVERSIONED);
    }
    call.out().print(call.json() ? json(statement, file) : shown(statement, file, call));
    return CommandTree.DONE;
  }

  private static Statement statement(String publisher, Path archive, Invocation call) {
    Optional<FunctionTemplate> template = FunctionFiles.template(archive);
    String name = call.option(NAME, template.isPresent() ? template.get().name() : "");
    if (name.isEmpty()) {
      throw call.refused("there is no template.json beside the archive: say --name");
    }
    FunctionVersion beside = template.isPresent() ? template.get().version() : FunctionVersion.NONE;
    FunctionVersion version = new FunctionVersion(call.option(VERSION, beside.text()));
    return new Statement(publisher, name, version, FunctionFiles.sha256(archive));
  }

  private static String json(Statement statement, Path file) {
    JsonObject json = VerifyCommand.json(statement);
    json.addProperty("signature", file.toString());
    return JsonText.pretty(json);
  }

  private static String shown(Statement statement, Path file, Invocation call) {
    return VerifyCommand.shown(statement, call)
        + Sections.fact("signature", file.toString(), call.paint());
  }

  private static OptionSpec option(String name, String label, String description, boolean needed) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .required(needed)
        .description(description)
        .build();
  }
}
