package org.universalnode.catalog;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.ProblemException;

/**
 * Reads function templates: the published schema (vnf-template-library), strictly, with the keys of
 * figure 3 of the 2016 paper ({@code uri}, {@code multitenancy}, {@code dependencies}) and our
 * {@code description}. Sizes of disks, processor requirements and addressing of ports are checked
 * and not kept.
 */
public final class TemplateReader {
  private static final int MOST_MEGABYTES = 1 << 22;
  private static final int MOST_CORES = 4_096;
  private static final int MOST_DEPENDENCIES = 256;
  private static final List<String> DISK_SIZES =
      List.of("root-file-system-size", "ephemeral-file-system-size", "swap-disk-size");

  private TemplateReader() {}

  /**
   * Reads one template.
   *
   * @param folder where the template is; a relative file name of an image starts there
   * @throws ProblemException with everything that is wrong with the document
   */
  public static FunctionTemplate read(String json, Path folder) {
    Problems problems = new Problems();
    JsonFields fields = JsonFields.of(JsonText.parse(json, JsonLimits.DOCUMENT), "", problems);
    Optional<ImplementationType> type =
        fields.requiredParsed("vnf-type", ImplementationType::parse);
    Optional<URI> image = ImageAddress.read(fields, folder);
    String capability =
        fields.requiredParsed("functional-capability", PrintableText::name).orElse("");
    // The published schema lets a template go without a name.
    String name = fields.parsed("name", PrintableText::name).orElse(capability);
    int memory = fields.requiredInteger("memory-size", 1, MOST_MEGABYTES);
    List<PortRange> ports = PortReader.read(fields);
    String description = fields.parsed("description", PrintableText::description).orElse("");
    boolean multitenancy = fields.bool("multitenancy").orElse(false);
    List<Dependency> dependencies = dependencies(fields);
    checkUnused(fields);
    fields.rejectUnknown();
    problems.throwIfAny();
    return new FunctionTemplate(
        name,
        capability,
        type.orElseThrow(),
        image.orElseThrow(),
        memory,
        ports,
        description,
        multitenancy,
        dependencies);
  }

  private static List<Dependency> dependencies(JsonFields template) {
    Optional<JsonFields> group = template.object("dependencies");
    if (group.isEmpty()) {
      return List.of();
    }
    List<JsonFields> items = group.get().objects("capability");
    if (items.size() > MOST_DEPENDENCIES) {
      group
          .get()
          .problem(
              "capability", items.size() + " dependencies", "give at most " + MOST_DEPENDENCIES);
    }
    List<Dependency> dependencies = new ArrayList<>();
    items.stream()
        .limit(MOST_DEPENDENCIES)
        .map(TemplateReader::dependency)
        .forEach(dependencies::add);
    group.get().rejectUnknown();
    return dependencies;
  }

  private static Dependency dependency(JsonFields item) {
    String name = item.requiredParsed("name", PrintableText::name).orElse("");
    String type = item.requiredParsed("type", PrintableText::name).orElse("");
    item.rejectUnknown();
    return new Dependency(name, type);
  }

  private static void checkUnused(JsonFields template) {
    template.bool("expandable");
    template.parsed("uri-yang", PrintableText::description);
    DISK_SIZES.forEach(key -> template.integer(key, 0, Integer.MAX_VALUE));
    JsonFields processors = template.requiredObject("CPUrequirements");
    processors.string("platformType");
    for (JsonFields socket : processors.requiredObjects("socket")) {
      socket.requiredInteger("coreNumbers", 1, MOST_CORES);
      socket.rejectUnknown();
    }
    processors.rejectUnknown();
  }
}
