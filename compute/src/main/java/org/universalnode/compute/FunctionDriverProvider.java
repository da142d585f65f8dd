package org.universalnode.compute;

import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.universalnode.problem.Result;

/** How a function driver's module offers itself (java.util.ServiceLoader). */
public interface FunctionDriverProvider {

  /** All that are on the module path. */
  static List<FunctionDriverProvider> installed() {
    return ServiceLoader.load(FunctionDriverProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** The implementation type it runs, as templates name it. */
  String type();

  /**
   * Probes this machine and opens the driver, or says why it can't work here.
   *
   * @param node name of the node, in lower-case letters and digits
   * @param state folder in which the driver may keep what belongs to instances
   */
  Result<FunctionDriver> open(String node, Path state);
}
