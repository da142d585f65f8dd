package org.universalnode.catalog.capability;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The running kernel's modules: those in it, and those that can be loaded. */
final class KernelModules {
  private static final String FOLDERS = "/lib/modules/";
  private static final Duration KEPT = Duration.ofHours(1);

  private final FileTree tree;
  private final Recent<Asked, Optional<String>> installed = new Recent<>(KEPT);

  private record Asked(String module, FileTree.Stamp folder, FileTree.Stamp index) {}

  KernelModules(FileTree tree) {
    this.tree = tree;
  }

  /** Loaded, or built in with something to show for it. */
  boolean isThere(String module) {
    return tree.exists("/sys/module/" + module)
        || tree.text("/proc/modules")
            .orElse("")
            .lines()
            .anyMatch(at -> at.startsWith(module + " "));
  }

  /** The list in which the kernel's build wrote what is built in. */
  boolean isBuiltIn(String module) {
    return lists(folder() + "/modules.builtin", module).isPresent();
  }

  /** Whether there is such a list; features that can't be modules are not in it. */
  boolean tellsBuiltIn() {
    return tree.exists(folder() + "/modules.builtin");
  }

  /** Whether the kernel takes modules, and the operator has not closed it. */
  boolean canLoad() {
    return tree.exists("/proc/modules")
        && !tree.line("/proc/sys/kernel/modules_disabled").equals("1");
  }

  /** The file of an installed module, by depmod's index, else in the folder as OpenWrt has it. */
  Optional<String> file(String module) {
    String folder = folder();
    String index = folder + "/modules.dep";
    return installed.get(
        new Asked(module, tree.stamp(folder), tree.stamp(index)),
        _ ->
            lists(index, module)
                .or(() -> tree.names(folder).stream().filter(at -> isOf(module, at)).findFirst()));
  }

  private String folder() {
    return FOLDERS + tree.line("/proc/sys/kernel/osrelease");
  }

  /** Lines begin with the path of a module; a colon may follow. */
  private Optional<String> lists(String list, String module) {
    return tree.text(list).stream()
        .flatMap(String::lines)
        .map(line -> line.split(":", 2)[0])
        .filter(path -> isOf(module, path))
        .findFirst();
  }

  private static boolean isOf(String module, String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    int end = file.indexOf(".ko");
    List<String> packed = List.of("", ".gz", ".xz", ".zst");
    return end > 0
        && packed.contains(file.substring(end + ".ko".length()))
        && file.substring(0, end).replace('-', '_').equals(module);
  }
}
