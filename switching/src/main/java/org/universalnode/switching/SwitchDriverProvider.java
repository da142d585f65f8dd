package org.universalnode.switching;

import java.util.List;
import java.util.ServiceLoader;
import org.universalnode.problem.Result;

/** How a switch driver's module offers itself (java.util.ServiceLoader). */
public interface SwitchDriverProvider {

  /** All that are on the module path. */
  static List<SwitchDriverProvider> installed() {
    return ServiceLoader.load(SwitchDriverProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Name of the driver it opens. */
  String name();

  /**
   * Probes this machine and opens the driver, or says why it can't work here.
   *
   * @param node name of the node; two nodes of different names share a machine without meeting
   */
  Result<SwitchDriver> open(String node);
}
