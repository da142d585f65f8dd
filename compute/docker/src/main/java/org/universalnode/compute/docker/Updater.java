package org.universalnode.compute.docker;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * How a container is told that its configuration is another: by a program in it, {@code /un/update}
 * or that of the label {@value #LABEL}, if there is one.
 */
record Updater(Containers containers, Place place) {
  static final String LABEL = "org.universalnode.update";

  private static final String USUAL = "/un/update";
  private static final String STAT = "x-docker-container-path-stat";
  private static final int EXECUTABLE = 0111;

  /** Empty if the image has none. */
  List<String> command() {
    Containers.Container container = containers.get(place.name());
    String labelled = container.described().at("Config").at("Labels").at(LABEL).text();
    if (!labelled.isEmpty()) {
      return List.of(labelled);
    }
    return isExecutable(USUAL) ? List.of(USUAL) : List.of();
  }

  private boolean isExecutable(String path) {
    Engine engine = containers.engine();
    Engine.Request request =
        new Engine.Request(
            "HEAD",
            Containers.path(place.name()) + "/archive?path=" + Engine.escaped(path),
            null,
            engine.limit());
    return engine.use(
        request,
        reply -> {
          if (!reply.isGood()) {
            return false;
          }
          byte[] stat = Base64.getDecoder().decode(reply.headers().getOrDefault(STAT, ""));
          return (Engine.json(new String(stat, StandardCharsets.UTF_8)).at("mode").number()
                  & EXECUTABLE)
              != 0;
        });
  }
}
