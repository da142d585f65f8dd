package org.universalnode.node.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said to a node, by whom; of two that say something about a setting the first here counts.
 *
 * @param commandLine values of options that were given
 * @param environment all variables
 * @param file if none is named, the usual one is read where there is one
 * @param installed what the installation says where it differs from the usual
 */
public record Sources(
    Map<Setting, List<String>> commandLine,
    Map<String, String> environment,
    Optional<Path> file,
    Map<Setting, String> installed) {
  /** Where the file is if nobody says otherwise. */
  public static final Path USUAL_FILE = Path.of("/etc/universal-node/node.toml");

  /** Names the file, as the option --config does. */
  public static final String FILE_VARIABLE = "UN_CONFIG";

  public Sources {
    commandLine = Map.copyOf(commandLine);
    environment = Map.copyOf(environment);
    installed = Map.copyOf(installed);
  }
}
