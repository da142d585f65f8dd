package org.universalnode.node.rest;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;
import org.universalnode.node.security.GraphOwners;
import org.universalnode.node.security.Ownership;
import org.universalnode.node.security.Permission;
import org.universalnode.node.security.Permissions;

/** Who may do what with a graph. */
final class PermissionRoutes {
  private static final String OWNER = "owner";
  private static final String GROUP = "group";
  private static final String ALL = "all";

  private final GraphOwners owners;

  PermissionRoutes(GraphOwners owners) {
    this.owners = owners;
  }

  Response describe(String graph) {
    Ownership ownership = owners.of(graph);
    JsonObject letters = new JsonObject();
    letters.addProperty(OWNER, ownership.permissions().owner().text());
    letters.addProperty(GROUP, ownership.permissions().group().text());
    letters.addProperty(ALL, ownership.permissions().all().text());
    JsonObject body = new JsonObject();
    body.addProperty(OWNER, ownership.owner());
    body.addProperty(GROUP, ownership.group());
    body.add("permissions", letters);
    return Response.json(200, body);
  }

  /** Those that are not said stay. */
  Response set(Request request, String graph) {
    Problems problems = new Problems();
    JsonFields fields =
        JsonFields.of(JsonText.parse(request.body(), JsonLimits.DOCUMENT), "", problems);
    Permissions before = owners.of(graph).permissions();
    Permissions after =
        new Permissions(
            permission(fields, OWNER).orElse(before.owner()),
            permission(fields, GROUP).orElse(before.group()),
            permission(fields, ALL).orElse(before.all()));
    fields.rejectUnknown();
    problems.throwIfAny();
    owners.permit(graph, after);
    return Response.empty(204);
  }

  private static Optional<Permission> permission(JsonFields fields, String key) {
    String text = fields.string(key);
    Optional<Permission> permission = Permission.of(text);
    if (permission.isEmpty() && fields.has(key)) {
      fields.problem(
          key,
          "\"" + text + "\" is no permission",
          "write three letters, A or D, for reading, updating and deleting: ADD");
    }
    return permission;
  }
}
