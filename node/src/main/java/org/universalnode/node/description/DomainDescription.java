package org.universalnode.node.description;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.universalnode.catalog.capability.MachineResources;
import org.universalnode.catalog.capability.MachineResources.Amount;
import org.universalnode.node.capability.NodeCapabilities.Snapshot;

/**
 * Writes the published domain description: {@code netgroup-domain:informations}. Keys that it does
 * not have are not made up.
 */
public final class DomainDescription {
  private static final Map<String, String> ARCHITECTURES =
      Map.of("amd64", "x86-64", "aarch64", "aarch64", "arm", "arm", "riscv64", "riscv64");

  private DomainDescription() {}

  /** Of a domain with what it offers at one moment. */
  public static JsonObject of(Domain domain, Snapshot snapshot) {
    JsonObject information = new JsonObject();
    information.addProperty("id", domain.id());
    information.addProperty("name", domain.name());
    information.addProperty("type", "universal_node");
    information.addProperty("management-address", domain.managementAddress());
    information.add("hardware-informations", hardware(domain, snapshot));
    information.add("capabilities", capabilities(snapshot));
    return wrapped("netgroup-domain:informations", information);
  }

  private static JsonObject hardware(Domain domain, Snapshot snapshot) {
    JsonObject hardware = new JsonObject();
    hardware.add("resources", resources(snapshot));
    hardware.add("interfaces", wrapped("interface", InterfaceDescription.all(domain, snapshot)));
    return hardware;
  }

  /** The published format names no units: MHz, percent, and MiB. */
  private static JsonObject resources(Snapshot snapshot) {
    MachineResources machine = snapshot.resources();
    JsonObject cpu = new JsonObject();
    cpu.addProperty("number", machine.cores().free());
    cpu.addProperty("frequency", machine.megahertz());
    cpu.addProperty("free", machine.idlePercent());
    JsonObject memory = new JsonObject();
    add(memory, machine.memory());
    memory.addProperty("frequency", 0);
    memory.addProperty("latency", 0);
    JsonObject storage = new JsonObject();
    add(storage, snapshot.disk());
    storage.addProperty("latency", 0);
    JsonObject resources = new JsonObject();
    resources.add("cpu", cpu);
    resources.add("memory", memory);
    resources.add("storage", storage);
    return resources;
  }

  private static void add(JsonObject to, Amount amount) {
    to.addProperty("size", amount.total());
    to.addProperty("free", amount.free());
  }

  private static JsonObject capabilities(Snapshot snapshot) {
    JsonObject capabilities = new JsonObject();
    capabilities.add(
        "infrastructural-capabilities",
        wrapped("infrastructural-capability", infrastructural(snapshot.functionTypes())));
    capabilities.add(
        "functional-capabilities",
        wrapped("functional-capability", FunctionalCapabilities.of(snapshot)));
    return capabilities;
  }

  /** Native functions and DPDK processes have no word in the published format. */
  private static JsonArray infrastructural(List<String> functionTypes) {
    JsonArray all = new JsonArray();
    String architecture = System.getProperty("os.arch");
    all.add(
        infrastructural(
            ARCHITECTURES.getOrDefault(architecture, architecture), "cpu_architecture"));
    Map<String, JsonObject> known =
        new TreeMap<>(
            Map.of(
                "virtual-machine-kvm", infrastructural("kvm", "vm_hipervisor"),
                "docker", infrastructural("docker", "vm_container"),
                "onos-application", infrastructural("onos", "sdn_controller")));
    known.keySet().retainAll(functionTypes);
    known.values().forEach(all::add);
    return all;
  }

  private static JsonObject infrastructural(String name, String type) {
    JsonObject capability = new JsonObject();
    capability.addProperty("name", name);
    capability.addProperty("type", type);
    return capability;
  }

  static JsonObject wrapped(String key, com.google.gson.JsonElement value) {
    JsonObject object = new JsonObject();
    object.add(key, value);
    return object;
  }
}
