package org.universalnode.catalog;

import java.util.ArrayList;
import java.util.List;
import org.universalnode.nffg.json.JsonFields;

/** Reads {@code dependencies} of a template, as in the paper's figure 3. */
final class DependencyReader {
  private static final int MOST = 256;

  private DependencyReader() {}

  /** What could be read; what is wrong goes to the problems. */
  static List<Dependency> read(JsonFields template) {
    return template.object("dependencies").map(DependencyReader::capabilities).orElse(List.of());
  }

  private static List<Dependency> capabilities(JsonFields group) {
    List<Dependency> dependencies = new ArrayList<>();
    for (JsonFields item : group.objects("capability", MOST)) {
      String name = item.requiredParsed("name", PrintableText::name).orElse("");
      item.requiredParsed("type", Dependency.Type.WORDS::parse)
          .ifPresent(type -> dependencies.add(new Dependency(name, type)));
      item.rejectUnknown();
    }
    group.rejectUnknown();
    return dependencies;
  }
}
