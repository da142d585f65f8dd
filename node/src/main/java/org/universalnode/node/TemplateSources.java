package org.universalnode.node;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.TemplateSource;
import org.universalnode.catalog.TemplateWriters;
import org.universalnode.catalog.source.RemoteSource;
import org.universalnode.catalog.source.SourceAddress;
import org.universalnode.problem.Problem;

/** The sources of a node's catalog, its own folder first. Closing ends their work. */
final class TemplateSources implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TemplateSources.class.getName());

  private final List<TemplateSource> all = new ArrayList<>();
  private final List<RemoteSource> remote = new ArrayList<>();
  private final NodeOptions options;
  private final TemplateWriters writers;

  private TemplateSources(NodeOptions options) {
    this.options = options;
    this.writers = options.archives().unsigned().templateWriters();
  }

  static TemplateSources open(NodeOptions options) {
    Path folder = options.functions();
    if (!Files.isDirectory(folder)) {
      throw Problem.of(Problem.Code.NOT_FOUND, "there is no folder of functions at " + folder)
          .next("name one with --functions")
          .asException();
    }
    TemplateSources sources = new TemplateSources(options);
    sources.all.add(Catalog.folder(folder, sources.writers));
    options.operator().catalog().sources().forEach(sources::add);
    return sources;
  }

  /** What they have; what is wrong with it now is in the log. */
  Catalog catalog() {
    Catalog catalog = Catalog.from(all);
    catalog
        .problems()
        .forEach(problem -> LOG.log(System.Logger.Level.WARNING, "catalog: {0}", problem));
    return catalog;
  }

  @Override
  public void close() {
    remote.forEach(RemoteSource::close);
  }

  private void add(SourceAddress address) {
    switch (address.kind()) {
      case FOLDER -> all.add(Catalog.folder(address.folder(), writers));
      case INDEX, DATASTORE -> {
        RemoteSource source =
            RemoteSource.open(
                address, writers, shelf(address), options.operator().catalog().refresh());
        all.add(source);
        remote.add(source);
      }
    }
  }

  /** Of that address for ever. */
  private Path shelf(SourceAddress address) {
    byte[] name = address.toString().getBytes(StandardCharsets.UTF_8);
    return options.state().resolve("catalog").resolve(UUID.nameUUIDFromBytes(name).toString());
  }
}
