package org.universalnode.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un capabilities}: what the node and its machine offer. */
final class CapabilitiesCommand implements Query {
  /** Of a processor's many flags, those that functions profit from. */
  private static final Predicate<String> TOLD =
      List.of("aes", "vaes", "pclmulqdq", "pmull", "sha_ni", "sha1", "sha2", "avx", "avx2")
          ::contains;

  private static final String SOFTWARE = "software";

  @Override
  public CommandSpec specification() {
    return named(
        "capabilities",
        "Show what the node offers: kinds of functions, functional capabilities, and of the",
        "machine what functions ask for. With --json nothing is left out.");
  }

  @Override
  public String path(Invocation call) {
    return ResourcePath.CAPABILITIES;
  }

  @Override
  public String shown(JsonObject document, Paint paint) {
    return Sections.joined(
        infrastructure(Json.object(document, "infrastructure"), paint),
        functional(document).shown(paint),
        requirements(document).shown(paint),
        crypto(document).shown(paint),
        interfaces(document).shown(paint));
  }

  private static String infrastructure(JsonObject node, Paint paint) {
    JsonObject cpu = Json.object(node, "cpu");
    String cores = Json.text(cpu, "architecture") + ", " + Json.text(cpu, "cores") + " cores";
    return Sections.fact("functions", words(Json.array(node, "function-types")), paint)
        + Sections.fact("switch", Json.text(node, "switch"), paint)
        + Sections.fact("processor", cores, paint)
        + Sections.fact("instructions", flags(cpu), paint)
        + Sections.fact("memory", Json.text(node, "memory-megabytes") + " MB", paint)
        + Sections.fact("kernel", Json.text(node, "kernel"), paint);
  }

  private static String flags(JsonObject cpu) {
    return String.join(" ", texts(Json.array(cpu, "flags")).filter(TOLD).toList());
  }

  private static Table functional(JsonObject document) {
    Table table = new Table("CAPABILITY", "NAME", "READY", "TEMPLATES", "DETAILS");
    for (JsonObject one : Json.objects(document, "functional-capabilities")) {
      boolean ready = Json.text(one, "ready").equals("true");
      table.row(
          Json.text(one, "type"),
          Json.text(one, "name"),
          ready ? "yes" : "no",
          templates(one),
          ready ? Members.all(Json.object(one, "specifications")) : Json.text(one, "reason"));
    }
    return table;
  }

  private static String templates(JsonObject capability) {
    StringJoiner names = new StringJoiner(" ");
    for (JsonObject template : Json.objects(capability, "templates")) {
      names.add(Json.text(template, "name"));
    }
    return names.toString();
  }

  private static Table requirements(JsonObject document) {
    Table table = new Table("REQUIREMENT", "NAME", "HERE", "DETAILS", "FOR");
    for (JsonObject one : Json.objects(document, "requirements")) {
      String next = Json.text(one, "next");
      table.row(
          Json.text(one, "type"),
          Json.text(one, "name"),
          Json.text(one, "present"),
          next.isEmpty() ? Json.text(one, "detail") : next,
          words(Json.array(one, "templates")));
    }
    return table;
  }

  /** Those that ordinary instructions carry out are many, and say nothing of the machine. */
  private static Table crypto(JsonObject document) {
    Table table = new Table("CRYPTO", "DRIVER", "BY", "PRIORITY");
    for (JsonObject one : Json.objects(document, "crypto")) {
      if (!Json.text(one, "means").equals(SOFTWARE)) {
        table.row(
            Json.text(one, "algorithm"),
            Json.text(one, "driver"),
            Json.text(one, "means"),
            Json.text(one, "priority"));
      }
    }
    return table;
  }

  private static Table interfaces(JsonObject document) {
    Table table = new Table("INTERFACE", "DRIVER", "SPEED", "OFFLOADS");
    for (JsonObject one : Json.objects(document, "interfaces")) {
      String speed = Json.text(one, "megabits-per-second");
      table.row(
          Json.text(one, "name"),
          Json.text(one, "driver"),
          speed.isEmpty() ? "" : speed + " Mb/s",
          words(Json.array(one, "offloads")));
    }
    return table;
  }

  private static String words(JsonArray array) {
    return String.join(" ", texts(array).toList());
  }

  private static Stream<String> texts(JsonArray array) {
    return array.asList().stream().map(Members::value);
  }
}
