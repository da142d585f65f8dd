package org.universalnode.node.deploy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.nffg.Isolation;
import org.universalnode.problem.Problem;

/** The functions of the catalog, and whether this node can run them. */
public record Functions(Catalog catalog, Suitability suitability, RunningPolicy policy) {

  /**
   * One function.
   *
   * @param missing why it can't run here; empty if it can
   * @param doubts what it needs and the machine does not tell
   * @param isolation of its instances, where nobody demands more for a graph
   * @param archiveBytes of its image, if that is a file that is here
   */
  public record Entry(
      FunctionTemplate template,
      List<Problem> missing,
      List<Problem> doubts,
      Isolation isolation,
      OptionalLong archiveBytes) {

    public boolean ready() {
      return missing.isEmpty();
    }

    /** The first reason why it is not ready; empty if it is. */
    public String reason() {
      return missing.isEmpty() ? "" : missing.getFirst().message();
    }
  }

  /** What is wrong with templates that are therefore missing, and with sources that are away. */
  public List<Problem> problems() {
    return catalog.problems();
  }

  /** In the order of the sources, then by name, as they are now. */
  public List<Entry> all() {
    catalog.reload();
    return catalog.all().stream().map(this::entry).toList();
  }

  private Entry entry(FunctionTemplate template) {
    return new Entry(
        template,
        suitability.missing(template),
        suitability.doubts(template),
        policy.usual(template),
        bytes(template.image().resolved()));
  }

  /** Of what is not here, nothing is known before it is fetched. */
  private static OptionalLong bytes(URI image) {
    if (!"file".equals(image.getScheme())) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Files.size(Path.of(image)));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
