package org.universalnode.catalog.capability;

import java.util.Optional;

/** Asks the kernel itself for a feature, where that is possible without leaving anything behind. */
@FunctionalInterface
public interface KernelTrial {

  /** Tells nothing of any feature. */
  KernelTrial NONE = _ -> Optional.empty();

  /**
   * Whether it has the feature; empty if that can't be tried.
   *
   * @param module name of the module that would bring it, such as {@code wireguard}
   */
  Optional<Boolean> has(String module);
}
