package org.universalnode.compute.docker;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.universalnode.compute.Containment;

/**
 * What the engine is asked to make: a container without a network of the engine's, that may do what
 * network functions do in a namespace of their own, and no more.
 *
 * @param image as the engine describes it
 * @param waiting what it begins with
 */
record ContainerRequest(Recorded instance, Place place, Answer image, WaitingProgram waiting) {
  /** What marks containers as a node's. */
  static final String NODE = "org.universalnode.node";

  /**
   * Of what the engine gives by default, MKNOD, AUDIT_WRITE, SYS_CHROOT and SETFCAP are left out;
   * NET_ADMIN is for the container's own network namespace (capabilities(7)).
   */
  private static final List<String> CAPABILITIES =
      List.of(
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "NET_ADMIN",
          "NET_BIND_SERVICE",
          "NET_RAW",
          "SETGID",
          "SETPCAP",
          "SETUID");

  private static final long NANOS_OF_PERCENT = 10_000_000;
  private static final int LONGEST_HOST_NAME = 63;

  JsonObject json(String node) {
    JsonObject json = new JsonObject();
    json.addProperty("Image", instance.image());
    json.addProperty("Hostname", hostName());
    json.add("Entrypoint", array(List.of(WaitingProgram.INSIDE)));
    json.add("Cmd", array(program()));
    json.add(
        "Env",
        array(
            instance.variables().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList()));
    json.add("Labels", labels(node));
    json.add("HostConfig", host());
    return json;
  }

  /** Its entry point with its arguments: without either, nothing can be run. */
  List<String> program() {
    List<String> program = new ArrayList<>(image.at("Config").at("Entrypoint").texts());
    program.addAll(image.at("Config").at("Cmd").texts());
    return program;
  }

  private JsonObject labels(String node) {
    JsonObject labels = new JsonObject();
    labels.addProperty(NODE, node);
    labels.addProperty("org.universalnode.graph", instance.id().graph());
    labels.addProperty("org.universalnode.function", instance.id().function());
    labels.addProperty(
        "org.universalnode.incarnation", String.valueOf(instance.id().incarnation()));
    return labels;
  }

  private JsonObject host() {
    Containment containment = instance.containment();
    JsonObject host = new JsonObject();
    host.addProperty("NetworkMode", "none");
    host.add("CapDrop", array(List.of("ALL")));
    host.add("CapAdd", array(CAPABILITIES));
    host.add("SecurityOpt", array(List.of("no-new-privileges")));
    host.addProperty("Memory", containment.memoryBytes());
    host.addProperty("MemorySwap", containment.memoryBytes());
    host.addProperty("PidsLimit", containment.processes());
    containment
        .cpuPercent()
        .ifPresent(percent -> host.addProperty("NanoCpus", percent * NANOS_OF_PERCENT));
    host.add("Mounts", mounts());
    host.add("Devices", devices(containment.devices()));
    host.add("Sysctls", object(KernelSettings.of(image)));
    host.add("RestartPolicy", object(Map.of("Name", "no")));
    JsonObject log = object(Map.of("Type", "json-file"));
    log.add("Config", object(Map.of("max-size", "1m", "max-file", "2")));
    host.add("LogConfig", log);
    return host;
  }

  /** What of this machine it sees, to read; what is not there is not made. */
  private JsonArray mounts() {
    JsonArray mounts = new JsonArray();
    mounts.add(mount(waiting.file(), WaitingProgram.INSIDE));
    mounts.add(mount(place.folder().configurations(), InstanceFolder.CONFIGURATIONS_INSIDE));
    instance.containment().files().forEach(file -> mounts.add(mount(file, file.toString())));
    return mounts;
  }

  private static JsonObject mount(Path source, String target) {
    JsonObject mount =
        object(Map.of("Type", "bind", "Source", source.toString(), "Target", target));
    mount.addProperty("ReadOnly", true);
    return mount;
  }

  private static JsonArray devices(List<Path> devices) {
    JsonArray array = new JsonArray();
    for (Path device : devices) {
      array.add(
          object(
              Map.of(
                  "PathOnHost", device.toString(),
                  "PathInContainer", device.toString(),
                  "CgroupPermissions", "rw")));
    }
    return array;
  }

  private String hostName() {
    String name = instance.id().function().replaceAll("[^A-Za-z0-9-]", "-");
    return name.substring(0, Math.min(name.length(), LONGEST_HOST_NAME));
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static JsonObject object(Map<String, String> members) {
    JsonObject object = new JsonObject();
    members.forEach(object::addProperty);
    return object;
  }
}
