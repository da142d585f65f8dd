package org.universalnode.switching.openvswitch.ovsdb;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.Set;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** What a database says of itself (RFC 7047 section 3.2), as far as it matters here. */
record Schema(JsonObject json) {

  /**
   * Throws UNSUPPORTED if the version, a table or a column is not the one that the settings name.
   */
  static void check(JsonElement json, Settings settings) {
    Schema schema = new Schema(Json.object(json));
    String version = Json.text(schema.json, "version");
    if (!version.startsWith(settings.majorVersion() + ".")) {
      throw unsupported(settings, "has version \"" + version + "\"");
    }
    settings
        .tables()
        .forEach(
            (table, columns) ->
                schema
                    .missing(table, columns)
                    .ifPresent(
                        name -> {
                          throw unsupported(settings, "has no " + name);
                        }));
  }

  private Optional<String> missing(String table, Set<String> columns) {
    JsonElement found = Json.object(Json.field(json, "tables")).get(table);
    if (found == null) {
      return Optional.of("table " + table);
    }
    JsonObject has = Json.object(Json.field(Json.object(found), "columns"));
    return columns.stream()
        .filter(column -> !has.has(column))
        .map(column -> "column " + column + " in table " + table)
        .findFirst();
  }

  private static RuntimeException unsupported(Settings settings, String what) {
    return Problem.of(Code.UNSUPPORTED, "the schema of " + settings.database() + " " + what)
        .next("install an Open vSwitch whose schema has version " + settings.majorVersion())
        .asException();
  }
}
