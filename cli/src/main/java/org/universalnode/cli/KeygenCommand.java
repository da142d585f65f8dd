package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.universalnode.catalog.trust.KeyFiles;
import org.universalnode.catalog.trust.PublisherKey;
import org.universalnode.nffg.json.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code un function keygen}: makes the key of a publisher. */
final class KeygenCommand implements Command {
  private static final String OUT = "--out";
  private static final String FILE = "publisher";

  @Override
  public CommandSpec specification() {
    return named(
            "keygen",
            "Make a publisher's key (Ed25519): FILE is private, FILE.pub is for nodes.",
            "Neither is overwritten.")
        .addOption(
            OptionSpec.builder(OUT)
                .type(String.class)
                .paramLabel("FILE")
                .description("The private key's file; " + FILE + " without it.")
                .build());
  }

  @Override
  public int run(Invocation call) {
    Path file = FunctionFiles.path(call.option(OUT, FILE), call);
    PublisherKey key = KeyFiles.create(file);
    Path open = KeyFiles.publicHalf(file);
    if (call.json()) {
      JsonObject json = new JsonObject();
      json.addProperty("publisher", key.id());
      json.addProperty("private-key", file.toString());
      json.addProperty("public-key", open.toString());
      call.out().print(JsonText.pretty(json));
    } else {
      call.out()
          .print(
              Sections.fact("publisher", key.id(), call.paint())
                  + Sections.fact("private key", file.toString(), call.paint())
                  + Sections.fact("public key", open.toString(), call.paint()));
    }
    return CommandTree.DONE;
  }
}
