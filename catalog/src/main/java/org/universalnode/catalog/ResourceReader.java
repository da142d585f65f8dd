package org.universalnode.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.universalnode.catalog.Resources.Disks;
import org.universalnode.catalog.Resources.Processors;
import org.universalnode.nffg.json.JsonFields;

/** Reads what a template says about memory, disks and processors. */
final class ResourceReader {
  private static final int MOST_MEGABYTES = 1 << 22;
  private static final int MOST_MILLIS = 3_600_000;
  private static final int MOST_PERCENT = 100_000;
  private static final int MOST_SOCKETS = 64;
  private static final int MOST_CORES = 4_096;

  private ResourceReader() {}

  /** What could be read; what is wrong goes to the problems. */
  static Resources read(JsonFields template) {
    return new Resources(
        OlderForm.integer(template, "memory-size", 1, MOST_MEGABYTES),
        new Disks(
            disk(template, "root-file-system-size"),
            disk(template, "ephemeral-file-system-size"),
            disk(template, "swap-disk-size")),
        template.object("CPUrequirements").map(ResourceReader::processors),
        template.object("expected").map(ResourceReader::expected).orElse(Expected.UNSAID));
  }

  private static Expected expected(JsonFields fields) {
    Expected expected =
        new Expected(
            fields.integer("memory-mb", 0, MOST_MEGABYTES),
            fields.integer("hugepages-mb", 0, MOST_MEGABYTES),
            fields.integer("start-ms", 0, MOST_MILLIS),
            fields.integer("cpu-percent", 0, MOST_PERCENT),
            fields.integer("image-mb", 0, MOST_MEGABYTES));
    fields.rejectUnknown();
    return expected;
  }

  private static OptionalInt disk(JsonFields template, String key) {
    return OlderForm.integer(template, key, 0, Integer.MAX_VALUE);
  }

  private static Processors processors(JsonFields fields) {
    String platform = fields.parsed("platformType", PrintableText::name).orElse("");
    List<Integer> cores = new ArrayList<>();
    PortReader.refuseEmpty(fields, "socket", MOST_SOCKETS);
    for (JsonFields socket : fields.requiredObjects("socket", MOST_SOCKETS)) {
      cores.add(OlderForm.requiredInteger(socket, "coreNumbers", 1, MOST_CORES));
      socket.rejectUnknown();
    }
    fields.rejectUnknown();
    return new Processors(platform, cores);
  }
}
