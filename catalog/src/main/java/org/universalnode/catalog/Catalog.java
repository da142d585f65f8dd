package org.universalnode.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/**
 * The functions that this node knows: their templates, in the order of their names. It stays as it
 * was read until {@link #reload}. Safe for many threads.
 */
public final class Catalog {
  private final Supplier<TemplateFolder> source;
  private volatile TemplateFolder content;

  private Catalog(Supplier<TemplateFolder> source) {
    this.source = source;
    this.content = source.get();
  }

  /** The templates of a folder, read now; {@link #problems} tells what is not taken. */
  public static Catalog of(Path folder) {
    return of(folder, TemplateWriters.OWNERS);
  }

  /** The same, of a folder to which perhaps others write. */
  public static Catalog of(Path folder, TemplateWriters writers) {
    return new Catalog(() -> TemplateFolder.load(folder, writers));
  }

  /** A catalog that never changes. */
  public static Catalog of(List<FunctionTemplate> templates) {
    TemplateFolder fixed = new TemplateFolder(templates, List.of());
    return new Catalog(() -> fixed);
  }

  /** Reads the folder again. */
  public void reload() {
    content = source.get();
  }

  public List<FunctionTemplate> all() {
    return content.templates();
  }

  /** What was wrong with templates that are therefore missing. */
  public List<Problem> problems() {
    return content.problems();
  }

  /** The templates with a functional capability, in upper or lower case. */
  public List<FunctionTemplate> withCapability(String capability) {
    return all().stream().filter(Lookup.capability(capability)).toList();
  }

  /**
   * The templates that can implement a function of a graph. What the function says most precisely
   * decides: its template, else its functional capability, else its name, which may be a template's
   * or a capability. Of templates of which something is missing none is taken; one that is found by
   * its own name keeps others out.
   *
   * @param missing what the node lacks for a template; empty if it can run it
   * @return UNKNOWN_REFERENCE if there is none, UNSUPPORTED if this node can run none, with what is
   *     missing for each; without a pointer: the caller knows the place
   */
  public Result<Implementations> implementations(
      NetworkFunction function, Function<FunctionTemplate, List<Problem>> missing) {
    return Lookup.of(function).in(all(), missing);
  }
}
