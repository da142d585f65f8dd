package org.universalnode.compute.dpdk;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.Problem;

/**
 * What an image says is to be run. An archive says it in its file {@value #FILE}; an image that is
 * one executable gets {@code --p <device>} for each port, as published images expect.
 *
 * @param program path of the executable
 * @param eal options of DPDK's environment abstraction layer besides those that the driver gives
 * @param arguments of the application itself, after {@code --}
 * @param eachPort more of them, once for each port
 * @param ready what it prints when it forwards; empty if it does not tell
 * @param configurable whether it reads the file that {@code UN_CONFIG} names
 * @param memory of the process in MiB, if it has no huge pages
 * @param hugepages of 2 MiB that it needs; none if it runs in ordinary memory
 */
record Application(
    Path program,
    List<String> eal,
    List<String> arguments,
    List<String> eachPort,
    String ready,
    boolean configurable,
    int memory,
    int hugepages) {
  static final String FILE = "dpdk.json";

  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final int MOST_BYTES = 64 << 10;
  private static final int MOST_WORDS = 64;
  private static final int USUAL_MEBIBYTES = 64;
  private static final int MOST_MEBIBYTES = 64 << 10;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]*)}");
  private static final Set<String> OF_ALL = Set.of("ports");
  private static final Set<String> OF_PORT = Set.of("device", "number", "mac", "label");

  /** Of the layer's options those that take nothing from others and change no port. */
  private static final Pattern HARMLESS =
      Pattern.compile("--(log-level|iova-mode|force-max-simd-bitwidth|mbuf-pool-ops-name)=.+");

  /** Reads an image: a folder with {@value #FILE}, or an executable. */
  static Application of(Path image) {
    return Files.isDirectory(image) ? described(image) : executable(image);
  }

  private static Application executable(Path file) {
    if (!isProgram(file)) {
      throw Problem.of(Problem.Code.INVALID_DOCUMENT, file + " is no program of this machine")
          .next("give the template an ELF executable, or an archive with " + FILE)
          .asException();
    }
    return new Application(
        file, List.of(), List.of(), List.of("--p", "{device}"), "", false, USUAL_MEBIBYTES, 0);
  }

  /** ELF, whatever else. */
  private static boolean isProgram(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      return new String(bytes.readNBytes(4), StandardCharsets.ISO_8859_1).equals("\u007fELF");
    } catch (IOException e) {
      return false;
    }
  }

  private static Application described(Path folder) {
    Problems problems = new Problems();
    JsonFields fields = JsonFields.of(parse(folder.resolve(FILE)), "", problems);
    Optional<Path> program = fields.requiredParsed("program", name -> find(folder, name));
    List<String> eal = words(fields, "eal", Set.of());
    if (!eal.stream().allMatch(option -> HARMLESS.matcher(option).matches())) {
      fields.problem("eal", "an option that is the driver's is in " + eal, "leave it out");
    }
    Application read =
        new Application(
            program.orElse(folder),
            eal,
            words(fields, "arguments", OF_ALL),
            words(fields, "each-port", OF_PORT),
            fields.string("ready"),
            fields.bool("configurable").orElse(false),
            fields.integer("memory", 1, MOST_MEBIBYTES).orElse(USUAL_MEBIBYTES),
            fields.integer("hugepages", 0, MOST_MEBIBYTES).orElse(0));
    fields.rejectUnknown();
    problems.throwIfAny();
    return read;
  }

  private static JsonElement parse(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        throw Problem.of(Problem.Code.INVALID_DOCUMENT, "the archive has no usable " + FILE)
            .next("add one of at most 64 KiB that names the program")
            .asException();
      }
      return JsonText.parse(Files.readString(file), JsonLimits.DOCUMENT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of the archive's if the name has a slash, else one of the machine's. */
  private static Path find(Path folder, String name) {
    Path own = folder.resolve(name).normalize();
    Stream<Path> places =
        name.contains("/")
            ? Stream.of(own).filter(path -> path.startsWith(folder))
            : Stream.of(PATH.split(":", -1)).map(each -> Path.of(each, name));
    return places
        .filter(Files::isRegularFile)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(Problem.Code.NOT_FOUND, "there is no program \"" + name + "\"")
                    .next("install it, or put it into the archive and write its path, as in bin/fw")
                    .asException());
  }

  private static List<String> words(JsonFields fields, String key, Set<String> placeholders) {
    List<String> words = new ArrayList<>();
    for (JsonElement element : fields.array(key)) {
      boolean text = element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
      if (!text || !isKnown(element.getAsString(), placeholders) || words.size() == MOST_WORDS) {
        fields.problem(
            key,
            JsonText.compact(element) + " is no word of a command here",
            "write at most " + MOST_WORDS + " strings, with no braces but " + placeholders);
        return words;
      }
      words.add(element.getAsString());
    }
    return words;
  }

  private static boolean isKnown(String word, Set<String> placeholders) {
    return PLACEHOLDER
        .matcher(word)
        .results()
        .allMatch(found -> placeholders.contains(found.group(1)));
  }
}
