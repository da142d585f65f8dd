package org.universalnode.cli;

import com.google.gson.JsonObject;
import org.universalnode.nffg.json.JsonText;

/** A command that asks the node for one document and shows it. */
interface Query extends Command {

  /** Where the document is. */
  String path(Invocation call);

  /** The document for a person, each line ended by a line break. */
  String shown(JsonObject document, Paint paint);

  @Override
  default int run(Invocation call) {
    JsonObject document = call.node().get(path(call)).document();
    call.out().print(call.json() ? JsonText.pretty(document) : shown(document, call.paint()));
    return CommandTree.DONE;
  }
}
