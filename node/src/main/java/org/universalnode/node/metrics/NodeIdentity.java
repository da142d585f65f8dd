package org.universalnode.node.metrics;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/**
 * Which node it is.
 *
 * @param name tells it from other nodes on the same machine
 * @param switchDriver name of the one it uses
 */
public record NodeIdentity(String name, String switchDriver) {

  /** Of the software, as the build wrote it into the module; unknown outside of a module. */
  static String version() {
    return Optional.ofNullable(NodeIdentity.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("unknown");
  }
}
