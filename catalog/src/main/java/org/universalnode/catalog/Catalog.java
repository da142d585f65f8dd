package org.universalnode.catalog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/**
 * The functions that this node knows: the templates of its sources, those of earlier sources first,
 * of each source in the order of their names. It stays as it was read until {@link #reload}. Safe
 * for many threads.
 */
public final class Catalog {
  private static final Duration LONGEST_ASKING = Duration.ofSeconds(5);

  private final List<TemplateSource> sources;
  private volatile Offer content;

  private Catalog(List<TemplateSource> sources) {
    this.sources = List.copyOf(sources);
    this.content = read();
  }

  /** The templates of a folder, read now; {@link #problems} tells what is not taken. */
  public static Catalog of(Path folder) {
    return of(folder, TemplateWriters.OWNERS);
  }

  /** The same, of a folder to which perhaps others write. */
  public static Catalog of(Path folder, TemplateWriters writers) {
    return from(List.of(folder(folder, writers)));
  }

  /** A catalog that never changes. */
  public static Catalog of(List<FunctionTemplate> templates) {
    Offer fixed = Offer.of(new TemplateFolder(templates, List.of()));
    return from(List.of(() -> fixed));
  }

  /** The templates of several sources; what is of an earlier one comes first. */
  public static Catalog from(List<TemplateSource> sources) {
    return new Catalog(sources);
  }

  /** A folder as a source. */
  public static TemplateSource folder(Path folder, TemplateWriters writers) {
    return () -> Offer.of(TemplateFolder.load(folder, writers));
  }

  /** Reads the sources again, as far as they are here. */
  public void reload() {
    content = read();
  }

  private Offer read() {
    return Offer.merged(sources.stream().map(TemplateSource::offer).toList());
  }

  /** Lets all sources look for a function that none has, for at most a few seconds, and reloads. */
  public void ask(NetworkFunction function) {
    CompletableFuture<?>[] asked =
        sources.stream().map(source -> source.ask(function)).toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(asked)
        .completeOnTimeout(null, LONGEST_ASKING.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    reload();
  }

  public List<FunctionTemplate> all() {
    return content.templates();
  }

  /** What was wrong with templates that are therefore missing, and with sources. */
  public List<Problem> problems() {
    return content.problems();
  }

  /** The templates with a functional capability, in upper or lower case. */
  public List<FunctionTemplate> withCapability(String capability) {
    return all().stream().filter(Lookup.capability(capability)).toList();
  }

  /**
   * The templates that can implement a function of a graph. What the function says most precisely
   * decides: its template ({@code nat}, {@code nat@1.2} for one version, or the id by which a
   * source knows it), else its functional capability, else its name, which may be a template's or a
   * capability. Of templates of which something is missing none is taken, and of several versions
   * the newest other one; a template that is found by its own name keeps others out.
   *
   * @param missing what the node lacks for a template; empty if it can run it
   * @return UNKNOWN_REFERENCE if there is none, UNSUPPORTED if this node can run none, with what is
   *     missing for each; without a pointer: the caller knows the place
   */
  public Result<Implementations> implementations(
      NetworkFunction function, Function<FunctionTemplate, List<Problem>> missing) {
    return Lookup.of(function).in(content, missing);
  }
}
