package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.universalnode.nffg.EndPoint;
import org.universalnode.node.deploy.GraphState;
import org.universalnode.node.hoststack.ClientState;
import org.universalnode.node.hoststack.Lease;

/** An end-point: where it is, and which address the machine has there. */
final class EndPointBody {
  private EndPointBody() {}

  static JsonObject of(EndPoint endPoint) {
    return of(endPoint, Optional.empty());
  }

  /**
   * An end-point that is there.
   *
   * @param stack the interface of the machine's stack, if it has one there
   */
  static JsonObject of(EndPoint endPoint, Optional<GraphState.Stack> stack) {
    JsonObject json = new JsonObject();
    json.addProperty("id", endPoint.id());
    json.addProperty("type", endPoint.kind().type().toString());
    switch (endPoint.kind()) {
      case EndPoint.Kind.Interface(String name, String _) -> json.addProperty("interface", name);
      case EndPoint.Kind.Vlan(int vlan, String name, String _) -> {
        json.addProperty("interface", name);
        json.addProperty("vlan", vlan);
      }
      case EndPoint.Kind.Internal(String group, String _) -> json.addProperty("group", group);
      case EndPoint.Kind.HostStack kind -> stack.ifPresent(made -> add(kind, made, json));
      case EndPoint.Kind.InterfaceOut _,
          EndPoint.Kind.GreTunnel _,
          EndPoint.Kind.Vxlan _,
          EndPoint.Kind.Unbound _ -> {}
    }
    return json;
  }

  private static void add(EndPoint.Kind.HostStack kind, GraphState.Stack made, JsonObject json) {
    json.addProperty("interface", made.interfaceName());
    switch (kind.configuration()) {
      case STATIC -> kind.address().ifPresent(at -> json.addProperty("address", at.toString()));
      case DHCP -> made.dhcp().ifPresent(client -> add(client, json));
      case PPPOE -> {}
    }
  }

  private static void add(ClientState client, JsonObject json) {
    json.addProperty("dhcp", client.phase().name().toLowerCase(Locale.ROOT));
    client.lease().ifPresent(lease -> add(lease, json));
    json.addProperty("restarts", client.restarts());
    if (!client.reason().isEmpty()) {
      json.addProperty("reason", client.reason());
    }
  }

  private static void add(Lease lease, JsonObject json) {
    json.addProperty("address", lease.address().toString());
    lease.router().ifPresent(router -> json.addProperty("router", router.toString()));
    JsonArray servers = new JsonArray();
    lease.nameServers().forEach(server -> servers.add(server.toString()));
    json.add("name-servers", servers);
    lease.server().ifPresent(server -> json.addProperty("server", server.toString()));
    lease.left().map(Duration::toSeconds).ifPresent(left -> json.addProperty("seconds-left", left));
  }
}
