package org.universalnode.nffg;

import com.google.gson.JsonObject;
import java.util.OptionalInt;
import org.universalnode.nffg.EndPoint.Kind;

/** Writes what an end-point is attached to. */
final class EndPointWriter {
  private EndPointWriter() {}

  /** Adds the type and its object. */
  static void add(JsonObject body, Kind kind) {
    if (kind instanceof Kind.Unbound) {
      return;
    }
    body.addProperty("type", kind.type().toString());
    body.add(kind.type().toString(), object(kind));
  }

  private static JsonObject object(Kind kind) {
    JsonObject at = new JsonObject();
    switch (kind) {
      case Kind.Interface(String name, String node) -> atInterface(at, name, node);
      case Kind.InterfaceOut(String name, String node) -> atInterface(at, name, node);
      case Kind.Vlan(int vlan, String name, String node) -> {
        at.addProperty("vlan-id", Integer.toString(vlan));
        atInterface(at, name, node);
      }
      case Kind.GreTunnel tunnel -> greTunnel(at, tunnel);
      case Kind.Vxlan tunnel -> vxlan(at, tunnel);
      case Kind.Internal(String group, String node) -> {
        at.addProperty("internal-group", group);
        GraphWriter.addText(at, "node-id", node);
      }
      case Kind.HostStack stack -> hostStack(at, stack);
      case Kind.Unbound _ -> {}
    }
    return at;
  }

  private static void atInterface(JsonObject at, String name, String node) {
    at.addProperty("if-name", name);
    GraphWriter.addText(at, "node-id", node);
  }

  private static void greTunnel(JsonObject at, Kind.GreTunnel tunnel) {
    at.addProperty("local-ip", tunnel.local().toString());
    at.addProperty("remote-ip", tunnel.remote().toString());
    at.addProperty("gre-key", Long.toString(tunnel.key()));
    addNumber(at, "ttl", tunnel.ttl());
    if (tunnel.secure()) {
      at.addProperty("secure", true);
    }
  }

  private static void vxlan(JsonObject at, Kind.Vxlan tunnel) {
    at.addProperty("local-ip", tunnel.local().toString());
    at.addProperty("remote-ip", tunnel.remote().toString());
    at.addProperty("vni", Integer.toString(tunnel.vni()));
    addNumber(at, "port", tunnel.port());
    addNumber(at, "ttl", tunnel.ttl());
  }

  private static void hostStack(JsonObject at, Kind.HostStack stack) {
    at.addProperty(
        "configuration",
        switch (stack.configuration()) {
          case DHCP -> "DHCP";
          case STATIC -> "static";
          case PPPOE -> "pppoe";
        });
    stack.address().ifPresent(address -> at.addProperty("IPv4", address.toString()));
    stack.mac().ifPresent(mac -> at.addProperty("mac", mac.toString()));
    stack
        .account()
        .ifPresent(
            account -> {
              at.addProperty("username", account.username());
              at.addProperty("password", account.password());
            });
  }

  /** The formalism writes the numbers of end-points as strings. */
  private static void addNumber(JsonObject at, String key, OptionalInt number) {
    number.ifPresent(present -> at.addProperty(key, Integer.toString(present)));
  }
}
