package org.universalnode.bench.vpn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.Programs;

/**
 * The images of the client, and what else implementations need on a disk.
 *
 * @param catalog folder with a template and an image for each
 */
record Disk(Path catalog, Programs programs) {
  private static final Duration BUILD = Duration.ofMinutes(3);
  private static final double MEGA = 1e6;
  private static final double KIBI = 1024;

  /** Builds the images; they go with the lab. */
  static Disk of(Lab lab, Path house) {
    Path catalog = lab.folder().resolve("catalog");
    String script = house.resolve("scripts/build-ipsec-clients").toAbsolutePath().toString();
    lab.programs().start(Optional.empty(), "sh", script, catalog.toString()).result(BUILD);
    return new Disk(catalog, lab.programs());
  }

  /** Megabytes of an image. */
  double image(Implementation implementation) {
    if (implementation.image().isEmpty()) {
      return 0;
    }
    try {
      return Files.size(catalog.resolve(implementation.image())) / MEGA;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Megabytes of the packages of its execution environment, installed, as Debian counts them. */
  double engine(Implementation implementation) {
    if (implementation.engine().isEmpty()) {
      return 0;
    }
    List<String> command =
        new ArrayList<>(List.of("dpkg-query", "--show", "--showformat=${Installed-Size}\\n"));
    command.addAll(implementation.engine());
    String sizes = programs.run(Optional.empty(), command.toArray(String[]::new));
    return sizes.lines().mapToLong(Long::parseLong).sum() * KIBI / MEGA;
  }
}
