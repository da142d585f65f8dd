package org.universalnode.compute.dpdk;

import java.io.File;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionDriverProvider;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/** Offers the DPDK driver where DPDK is installed. */
public final class DpdkDriverProvider implements FunctionDriverProvider {
  @Override
  public String type() {
    return DpdkDriver.TYPE;
  }

  @Override
  public Result<FunctionDriver> open(String node, Path state) {
    if (!isInstalled()) {
      return Result.failed(
          Problem.of(Problem.Code.UNSUPPORTED, "DPDK is not installed: there is no librte_eal")
              .next("install Debian's dpdk-dev, which has dpdk-testpmd too"));
    }
    return DpdkDriver.open(node, state, Patience.DEFAULT);
  }

  private static boolean isInstalled() {
    return Stream.of(
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/usr/lib64",
            "/usr/local/lib",
            "/usr/local/lib/x86_64-linux-gnu",
            "/usr/local/lib64")
        .map(File::new)
        .anyMatch(DpdkDriverProvider::hasLibrary);
  }

  private static boolean hasLibrary(File folder) {
    String[] found = folder.list((_, name) -> name.startsWith("librte_eal.so"));
    return found != null && found.length > 0;
  }
}
