package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.FunctionVersion;
import org.universalnode.catalog.trust.Publishers;
import org.universalnode.catalog.trust.SignatureText;
import org.universalnode.catalog.trust.Source;
import org.universalnode.catalog.trust.Statement;
import org.universalnode.catalog.trust.Trust;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code un function verify}: says who signed an archive as what. */
final class VerifyCommand implements Command {
  private static final String PUBLISHERS = "--publishers";
  private static final String FOLDER = "/var/lib/universal-node/publishers";

  @Override
  public CommandSpec specification() {
    return named(
            "verify",
            "Check the signature of an archive, ARCHIVE.sig, against trusted publishers.",
            "If a template.json is beside it, its name, version and image-sha256 count too.")
        .addOption(
            OptionSpec.builder(PUBLISHERS)
                .type(String.class)
                .paramLabel("FOLDER")
                .description("The public keys, NAME.pub each; " + FOLDER + " without it.")
                .build())
        .addPositional(Command.parameter(0, "ARCHIVE", "1", "The archive, a .tgz."));
  }

  @Override
  public int run(Invocation call) {
    Path archive = FunctionFiles.path(call.parameter(0), call);
    Publishers publishers =
        Publishers.read(FunctionFiles.path(call.option(PUBLISHERS, FOLDER), call));
    String sha256 = FunctionFiles.sha256(archive);
    SignatureText signature = signature(archive);
    String name = publishers.signer(signature);
    requireSame(signature.statement(), archive, sha256);
    if (call.json()) {
      JsonObject json = json(signature.statement());
      json.addProperty("name-of-publisher", name);
      call.out().print(JsonText.pretty(json));
    } else {
      call.out()
          .print(
              Sections.fact("signature", "ok", call.paint())
                  + Sections.fact("signed by", name, call.paint())
                  + shown(signature.statement(), call));
    }
    return CommandTree.DONE;
  }

  static String shown(Statement statement, Invocation call) {
    return Sections.fact("function", statement.function(), call.paint())
        + Sections.fact("version", statement.version().text(), call.paint())
        + Sections.fact("sha256", statement.sha256(), call.paint())
        + Sections.fact("publisher", statement.publisher(), call.paint());
  }

  static JsonObject json(Statement statement) {
    JsonObject json = new JsonObject();
    json.addProperty("function", statement.function());
    json.addProperty("version", statement.version().text());
    json.addProperty("sha256", statement.sha256());
    json.addProperty("publisher", statement.publisher());
    return json;
  }

  private static SignatureText signature(Path archive) {
    Path file = SignatureText.fileOf(archive);
    Optional<byte[]> bytes = SignatureText.read(file);
    if (bytes.isEmpty()) {
      throw Problem.of(Code.NOT_FOUND, "it is not signed: there is no " + file)
          .next("sign it with: un function sign --key FILE " + archive)
          .asException();
    }
    return SignatureText.parse(bytes.get());
  }

  private static void requireSame(Statement statement, Path archive, String sha256) {
    Optional<FunctionTemplate> template = FunctionFiles.template(archive);
    String name = template.isPresent() ? template.get().name() : statement.function();
    FunctionVersion version = template.isPresent() ? template.get().version() : statement.version();
    Trust.requireSame(
        statement, new Trust.Subject(name, version, sha256, new Source.Local(archive)));
    Optional<String> pin =
        template.isPresent() ? template.get().image().sha256() : Optional.empty();
    if (pin.isPresent() && !pin.get().equals(sha256)) {
      String detail = "its SHA-256 is " + sha256 + ", and its template wants " + pin.get();
      throw Problem.of(Code.FORBIDDEN, detail)
          .next("write the right image-sha256 into the template, or get the right archive")
          .asException();
    }
  }
}
