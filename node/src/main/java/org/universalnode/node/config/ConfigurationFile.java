package org.universalnode.node.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlVersion;
import org.universalnode.problem.Place;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Reads the file of a node (TOML 1.0). Strict: what it does not know is a problem. */
final class ConfigurationFile {
  private static final int MOST_BYTES = 1 << 18;
  private static final String GRAPH = "graph";
  private static final String TENANT = "tenant";
  private static final String INTERFACE = "interface";
  private static final String UPSTREAM = "upstream";
  private static final List<Setting> LIMITS =
      List.of(Setting.MOST_GRAPHS, Setting.MOST_FUNCTIONS, Setting.MOST_RULES, Setting.MOST_MEMORY);
  private static final Kind ID = Kind.text(Values::graphId);
  private static final Kind PATTERN = Kind.text(Values::graphPattern);
  private static final Kind FILE = Kind.text(Values::path);

  private final Path file;
  private final List<Problem> problems = new ArrayList<>();

  private ConfigurationFile(Path file) {
    this.file = file;
  }

  /** What the file says; with all problems of syntax, then only these, or all of meaning. */
  static FileContent read(Path file) {
    return new ConfigurationFile(file.toAbsolutePath().normalize()).content();
  }

  private FileContent content() {
    try {
      return content(Toml.parse(text(), TomlVersion.V1_0_0));
    } catch (CharacterCodingException e) {
      problem(Place.UNKNOWN, "it is not UTF-8", "save it as UTF-8");
    } catch (NoSuchFileException e) {
      problem(Place.UNKNOWN, "there is no such file", "name another with --config");
    } catch (IOException e) {
      problem(Place.UNKNOWN, "it can't be read: " + e, "see that it is a file root may read");
    } catch (StackOverflowError e) {
      problem(Place.UNKNOWN, "its values are nested too deeply", "use lists of plain values");
    }
    return FileContent.of(problems);
  }

  private String text() throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it has more than " + MOST_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  private FileContent content(TomlParseResult parsed) {
    if (parsed.hasErrors()) {
      for (TomlParseError error : parsed.errors()) {
        problem(
            FileTable.place(error.position()),
            String.valueOf(error.getMessage()),
            "mend it; TOML is explained at https://toml.io/en/v1.0.0");
      }
      return FileContent.of(problems);
    }
    FileTable root = new FileTable(file, parsed, Place.UNKNOWN, problems);
    root.rejectUnknown(
        Stream.concat(Setting.sections().stream(), Stream.of(GRAPH, TENANT, INTERFACE, UPSTREAM))
            .toList());
    NorthboundSections northbound = new NorthboundSections(this::beside);
    return new FileContent(
        settings(root),
        root.sections(TENANT).stream().flatMap(table -> tenant(table).stream()).toList(),
        graphs(root.sections(GRAPH)),
        northbound.interfaces(root.sections(INTERFACE)),
        northbound.upstreams(root.sections(UPSTREAM)),
        problems);
  }

  private Map<Setting, Given> settings(FileTable root) {
    Map<Setting, Given> settings = new EnumMap<>(Setting.class);
    for (String name : Setting.sections()) {
      Optional<FileTable> section = root.section(name);
      section.ifPresent(
          table -> {
            table.rejectUnknown(Setting.keys(name));
            for (String key : Setting.keys(name)) {
              Setting setting = Setting.of(name, key).orElseThrow();
              setting(table, setting).ifPresent(given -> settings.put(setting, given));
            }
          });
    }
    return settings;
  }

  private Optional<Given> setting(FileTable table, Setting setting) {
    return table
        .values(setting.key(), setting.kind())
        .map(values -> setting.isPlace() ? List.of(beside(values.getFirst())) : values)
        .map(values -> new Given(values, table.origin(setting.key())));
  }

  private Optional<Tenant> tenant(FileTable table) {
    List<String> known = new ArrayList<>(List.of("graphs"));
    Map<Setting, Integer> most = new EnumMap<>(Setting.class);
    for (Setting limit : LIMITS) {
      known.add(limit.key());
      table
          .values(limit.key(), limit.kind())
          .ifPresent(values -> most.put(limit, Integer.valueOf(values.getFirst())));
    }
    table.rejectUnknown(known);
    return table
        .required("graphs", PATTERN)
        .map(graphs -> new Tenant(graphs, most, table.origin()));
  }

  private List<InitialGraph> graphs(List<FileTable> tables) {
    Set<String> ids = new HashSet<>();
    List<InitialGraph> graphs = new ArrayList<>();
    for (FileTable table : tables) {
      table.rejectUnknown(List.of("id", "file"));
      Optional<String> id = table.required("id", ID);
      Optional<String> from = table.required("file", FILE);
      if (id.isPresent() && !ids.add(id.get())) {
        problems.add(
            Problem.of(Code.CONFLICT, "there are two graphs \"" + id.get() + "\"")
                .next("give one another id")
                .during(table.origin("id").toString()));
      } else if (id.isPresent() && from.isPresent()) {
        graphs.add(new InitialGraph(id.get(), Path.of(beside(from.get())), table.origin("file")));
      }
    }
    return graphs;
  }

  /** Relative paths begin in the file's own folder. */
  private String beside(String path) {
    return file.resolveSibling(path).normalize().toString();
  }

  private void problem(Place place, String detail, String next) {
    problems.add(
        Problem.of(Code.INVALID_DOCUMENT, detail)
            .next(next)
            .during(new Origin.InFile(file, place).toString()));
  }
}
