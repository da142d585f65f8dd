package org.universalnode.catalog.capability;

import java.time.Duration;
import java.util.Optional;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * Features of the running kernel, by what is quickest to ask and surest: what is loaded, a trial,
 * the kernel's configuration, the modules that can be loaded.
 */
final class KernelFeatures {
  private static final Duration TRIALS_KEPT = Duration.ofMinutes(1);

  private final FileTree tree;
  private final KernelConfig config;
  private final KernelModules modules;
  private final KernelTrial trial;
  private final Recent<String, Optional<Boolean>> tried = new Recent<>(TRIALS_KEPT);

  KernelFeatures(FileTree tree, KernelTrial trial) {
    this.tree = tree;
    this.config = new KernelConfig(tree);
    this.modules = new KernelModules(tree);
    this.trial = trial;
  }

  Finding find(String written) {
    KernelName name = KernelName.of(written);
    if (modules.isThere(name.module())) {
      return new Finding.Present("the module " + name.module());
    }
    Optional<String> sign = name.sign().filter(tree::exists);
    if (sign.isPresent()) {
      return new Finding.Present(sign.get());
    }
    Optional<Boolean> has = tried.get(name.module(), trial::has);
    if (has.isPresent()) {
      return has.get() ? new Finding.Present("the kernel, tried") : absent(written, name);
    }
    return config
        .of(name.symbol())
        .map(setting -> configured(written, name, setting))
        .orElseGet(() -> byModules(written, name));
  }

  private Finding configured(String written, KernelName name, KernelConfig.Setting setting) {
    return switch (setting) {
      case BUILT_IN -> new Finding.Present("CONFIG_" + name.symbol() + "=y");
      case MODULE -> loadable(name).orElseGet(() -> absent(written, name));
      // A module that was built for this kernel later is in no configuration.
      case OFF -> loadable(name).orElseGet(() -> absent(written, name));
    };
  }

  private Finding byModules(String written, KernelName name) {
    if (modules.isBuiltIn(name.module())) {
      return new Finding.Present("the kernel, built in");
    }
    return loadable(name)
        .orElseGet(
            () ->
                name.modular() && modules.tellsBuiltIn()
                    ? absent(written, name)
                    : unknown(written, name));
  }

  private Optional<Finding> loadable(KernelName name) {
    return modules.canLoad()
        ? modules.file(name.module()).map(file -> new Finding.Present("the module file " + file))
        : Optional.empty();
  }

  private static Finding absent(String written, KernelName name) {
    return new Finding.Absent(
        Problem.of(Code.UNSUPPORTED, "the kernel has no " + JsonText.quoted(written))
            .next(
                "install or load the module %s, or use a kernel with CONFIG_%s"
                    .formatted(name.module(), name.symbol())));
  }

  private static Finding unknown(String written, KernelName name) {
    return new Finding.Unknown(
        Problem.of(
                Code.UNSUPPORTED,
                "whether the kernel has %s is not known: it keeps no configuration and no list of "
                        .formatted(JsonText.quoted(written))
                    + "what is built in")
            .next("see if the module " + name.module() + " is there if the function fails"));
  }
}
