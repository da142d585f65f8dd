package org.universalnode.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;

/** Tells what is wrong with documents: to a person one by one, to a program all at the end. */
final class CheckReport {
  private final Invocation call;
  private final JsonArray entries = new JsonArray();
  private int status = CommandTree.DONE;

  CheckReport(Invocation call) {
    this.call = call;
  }

  void add(Document document) {
    if (!document.isOk()) {
      status = CommandTree.FAILED;
    }
    if (call.json()) {
      entries.add(json(document));
    } else {
      call.out().print(shown(document, call.paint()));
    }
  }

  /** Ends the report; returns the exit status. */
  int end() {
    if (call.json()) {
      call.out().print(JsonText.pretty(entries));
    }
    return status;
  }

  /** A line with the verdict, then one for each problem, indented. */
  static String shown(Document document, Paint paint) {
    StringBuilder lines = new StringBuilder();
    lines.append(Printable.line(document.file())).append(": ").append(verdict(document, paint));
    for (Problem error : document.checked().errors()) {
      lines.append("\n  ").append(where(error)).append(Printable.line(error.message()));
    }
    for (Problem warning : document.checked().warnings()) {
      lines.append("\n  ").append(where(warning)).append(paint.doubtful("warning")).append(": ");
      lines.append(Printable.line(warning.message()));
    }
    return lines.append('\n').toString();
  }

  private static String verdict(Document document, Paint paint) {
    int count = document.checked().errorCount();
    return document.isOk()
        ? paint.word("ok")
        : paint.bad(count + (count == 1 ? " error" : " errors"));
  }

  /** The whole document has no pointer to show: its line and column tell. */
  private static String where(Problem problem) {
    return problem.pointer().isEmpty() ? "" : Printable.line(problem.pointer()) + ": ";
  }

  private static JsonObject json(Document document) {
    JsonObject entry = new JsonObject();
    entry.addProperty("file", document.file());
    entry.add("kind", kind(document));
    entry.addProperty("ok", document.isOk());
    entry.addProperty("error-count", document.checked().errorCount());
    entry.add("errors", json(document.checked().errors()));
    entry.add("warnings", json(document.checked().warnings()));
    return entry;
  }

  private static JsonElement kind(Document document) {
    return document.kind().isPresent()
        ? new JsonPrimitive(document.kind().get().word())
        : JsonNull.INSTANCE;
  }

  /** Problems in the words of the node's REST answers, with their place in the text if known. */
  private static JsonArray json(List<Problem> problems) {
    JsonArray list = new JsonArray(problems.size());
    for (Problem problem : problems) {
      JsonObject entry = new JsonObject();
      entry.addProperty("code", problem.code().name());
      entry.addProperty("pointer", problem.pointer());
      if (problem.place().isKnown()) {
        entry.addProperty("line", problem.place().line());
        entry.addProperty("column", problem.place().column());
      }
      entry.addProperty("detail", problem.detail());
      entry.addProperty("next", problem.nextStep());
      list.add(entry);
    }
    return list;
  }
}
