package org.universalnode.switching;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/** How a switch driver's module offers itself (java.util.ServiceLoader). */
public interface SwitchDriverProvider {

  /** All that are on the module path, the most preferred first. */
  static List<SwitchDriverProvider> installed() {
    return ServiceLoader.load(SwitchDriverProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(SwitchDriverProvider::preference).reversed())
        .toList();
  }

  /** Name of the driver it opens. */
  String name();

  /** Of several that work on a machine, a node that may choose takes that with the highest. */
  int preference();

  /**
   * Probes this machine and opens the driver, or says why it can't work here.
   *
   * @param node name of the node; two nodes of different names share a machine without meeting
   */
  Result<SwitchDriver> open(String node);

  /**
   * Removes all that the driver keeps for a node which uses another driver from now on; cheap if
   * that is nothing. Interfaces of functions go with it.
   */
  Result<Nothing> clear(String node);

  /** Removes all LSIs of a driver, which is closed then. */
  static Result<Nothing> removeAll(SwitchDriver driver) {
    try (driver) {
      return Result.run(
          () -> {
            driver.settle(Set.of()).orThrow();
            Set<LsiId> lsis = new HashSet<>(driver.observe().orThrow().lsis());
            lsis.add(LsiId.BASE);
            lsis.forEach(lsi -> driver.deleteLsi(lsi).orThrow());
          });
    }
  }
}
