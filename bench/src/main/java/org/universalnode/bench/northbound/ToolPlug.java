package org.universalnode.bench.northbound;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** An executable that the one template of a capability asks for. */
final class ToolPlug implements Plug {
  private static final String CAPABILITY = "bench-tool";

  private final Path tool;
  private final Path fresh;
  private final Path templates;

  /**
   * Makes it and its template.
   *
   * @param folder for both
   */
  ToolPlug(Path folder) {
    tool = folder.resolve("tools").resolve("tool");
    fresh = folder.resolve("fresh-tool");
    templates = folder.resolve("templates");
    try {
      Files.createDirectory(tool.getParent());
      Path template = templates.resolve("needs-a-tool").resolve("template.json");
      Files.createDirectories(template.getParent());
      Files.writeString(template, template());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    replug();
  }

  /** The template, besides those that every node has. */
  @Override
  public List<String> options() {
    return List.of("--catalog-source=folder=" + templates);
  }

  @Override
  public void unplug() {
    try {
      Files.delete(tool);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Comes as a package manager brings it: whole. */
  @Override
  public void replug() {
    try {
      Files.writeString(fresh, "#!/bin/sh\n");
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(fresh, tool, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String template() {
    return """
    {"name":"needs-a-tool","functional-capability":"%s","vnf-type":"native",
     "uri-image-type":"local-file","uri-image":"none.tgz","memory-size":32,
     "CPUrequirements":{"platformType":"x86","socket":[{"coreNumbers":1}]},
     "ports":[{"position":"0-1","label":"p","min":"2","name":"eth"}],
     "dependencies":{"capability":[{"name":"%s","type":"executable"}]}}
    """
        .formatted(CAPABILITY, tool);
  }

  @Override
  public long reading(JsonObject description) {
    for (JsonElement each :
        description
            .getAsJsonObject("capabilities")
            .getAsJsonObject("functional-capabilities")
            .getAsJsonArray("functional-capability")) {
      JsonObject capability = each.getAsJsonObject();
      if (capability.get("type").getAsString().equals(CAPABILITY)) {
        return capability.get("ready").getAsBoolean() ? 1 : 0;
      }
    }
    return 0;
  }

  @Override
  public long step() {
    return 1;
  }

  @Override
  public void close() {
    // its folder goes with the lab
  }
}
