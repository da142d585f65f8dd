package org.universalnode.bench.functions;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.universalnode.catalog.Dependency;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.ImplementationType;
import org.universalnode.catalog.TemplateReader;
import org.universalnode.compute.Containment;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.PortSpec;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;

/**
 * A function as its folder shows how to use it.
 *
 * @param archive the packed archive
 */
record Example(String name, FunctionTemplate template, JsonObject use, Path archive) {
  private static final long MEGABYTE = 1 << 20;
  private static final int PROCESSES = 512;

  /** Those of native functions that have one, by name. */
  static List<Example> all(Path house) {
    try (Stream<Path> folders = Files.list(house.resolve("functions"))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("example.json")))
          .sorted()
          .map(folder -> read(house, folder))
          .filter(example -> example.template().type() == ImplementationType.NATIVE)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the driver is told. */
  FunctionSpec spec(String graph, Path image) {
    return new FunctionSpec(
        new InstanceId(graph, name),
        1,
        image.toString(),
        ports(),
        configuration(),
        containment(),
        Optional.empty());
  }

  String configuration() {
    JsonElement configuration = use.get("configuration");
    return configuration == null ? "{}" : configuration.toString();
  }

  private List<PortSpec> ports() {
    List<PortSpec> ports = new ArrayList<>();
    for (JsonElement element : use.getAsJsonArray("ports")) {
      JsonObject port = element.getAsJsonObject();
      Optional<InterfaceAddress> address =
          Optional.ofNullable(port.get("unify-ip"))
              .map(text -> InterfaceAddress.parse(text.getAsString()));
      PortLabel label = PortLabel.parse(port.get("id").getAsString());
      MacAddress mac = MacAddress.parse("02:00:00:00:01:0" + ports.size());
      ports.add(new PortSpec(label, mac, address));
    }
    return ports;
  }

  private Containment containment() {
    return new Containment(
        template.running().isolation().orElse(Isolation.NETWORK),
        template.resources().memoryMegabytes().orElse(64) * MEGABYTE,
        template.running().processes().orElse(PROCESSES),
        OptionalInt.empty(),
        needs(Dependency.Type.FILE),
        needs(Dependency.Type.DEVICE));
  }

  private List<Path> needs(Dependency.Type type) {
    return template.dependencies().stream()
        .filter(dependency -> dependency.type() == type)
        .map(dependency -> Path.of(dependency.name()))
        .toList();
  }

  private static Example read(Path house, Path folder) {
    String name = folder.getFileName().toString();
    Path packed = house.resolve("functions/target/functions").resolve(name);
    try {
      String use = Files.readString(folder.resolve("example.json"));
      return new Example(
          name,
          TemplateReader.read(Files.readString(folder.resolve("template.json")), packed),
          JsonParser.parseString(use).getAsJsonObject(),
          packed.resolve(name + ".tgz"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
