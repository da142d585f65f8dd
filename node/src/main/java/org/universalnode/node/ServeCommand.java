package org.universalnode.node;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.node.config.Setting;
import org.universalnode.node.config.Sources;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line of {@code un serve}. */
final class ServeCommand {
  private static final String CONFIG = "--config";
  private static final String CHECK = "--check";
  private static final String JSON = "--json";

  private ServeCommand() {}

  static CommandLine commandLine() {
    CommandSpec serve = CommandSpec.create().name("un serve");
    serve
        .usageMessage()
        .description(
            "Runs a node. Its graphs go on when it is stopped.",
            "An option counts before its variable of the environment (--listen: UN_LISTEN),",
            "that before the file.");
    serve.addOption(flag("show this", "-h", "--help").toBuilder().usageHelp(true).build());
    serve.addOption(
        OptionSpec.builder(CONFIG)
            .type(String.class)
            .paramLabel("FILE")
            .description("file with settings (default: " + Sources.USUAL_FILE + ", if there)")
            .build());
    serve.addOption(
        flag("say what holds, from where, and all that is wrong; start nothing", CHECK));
    serve.addOption(flag("with --check: for programs", JSON));
    for (Setting setting : Setting.values()) {
      serve.addOption(option(setting));
    }
    return new CommandLine(serve).setOverwrittenOptionsAllowed(true);
  }

  /** What the command line says, with the environment and the installation. */
  static Sources sources(ParseResult parsed, Map<String, String> environment) {
    Map<Setting, List<String>> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      if (parsed.hasMatchedOption(setting.option())) {
        values.put(setting, values(parsed, setting));
      }
    }
    return new Sources(
        values,
        environment,
        Optional.ofNullable(parsed.<String>matchedOptionValue(CONFIG, null)).map(Path::of),
        installed());
  }

  static boolean isCheck(ParseResult parsed) {
    return parsed.hasMatchedOption(CHECK);
  }

  static boolean isForPrograms(ParseResult parsed) {
    return parsed.hasMatchedOption(JSON);
  }

  /** Whoever starts the program knows where its functions were installed. */
  private static Map<Setting, String> installed() {
    return Optional.ofNullable(System.getProperty("org.universalnode.functions"))
        .map(folder -> Map.of(Setting.FUNCTIONS, folder))
        .orElse(Map.of());
  }

  private static List<String> values(ParseResult parsed, Setting setting) {
    if (!setting.isList()) {
      return List.of(parsed.matchedOptionValue(setting.option(), ""));
    }
    return Arrays.stream(parsed.matchedOptionValue(setting.option(), new String[0]))
        .filter(value -> !value.isEmpty())
        .distinct()
        .toList();
  }

  private static OptionSpec option(Setting setting) {
    OptionSpec.Builder option = OptionSpec.builder(setting.option()).paramLabel("VALUE");
    if (setting.isList()) {
      return option
          .type(String[].class)
          .auxiliaryTypes(String.class)
          .splitRegex(",")
          .description(setting.meaning() + "; can be repeated")
          .build();
    }
    String fallback = setting.fallback().isEmpty() ? "" : " (default: " + setting.fallback() + ")";
    return option.type(String.class).description(setting.meaning() + fallback).build();
  }

  private static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names[0], names).description(description).build();
  }
}
