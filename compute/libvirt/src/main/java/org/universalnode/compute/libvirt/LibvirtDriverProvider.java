package org.universalnode.compute.libvirt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionDriverProvider;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/**
 * Offers the driver of virtual machines where libvirt serves: at the URI of the environment
 * variable {@value #URI}, as libvirt's own programs, else at that of the system.
 */
public final class LibvirtDriverProvider implements FunctionDriverProvider {
  private static final String URI = "LIBVIRT_DEFAULT_URI";
  private static final String SYSTEM = "qemu:///system";
  private static final Path RUN = Path.of("/run/libvirt");

  @Override
  public String type() {
    return LibvirtDriver.TYPE;
  }

  @Override
  public Result<FunctionDriver> open(String node, Path state) {
    Optional<String> configured = Optional.ofNullable(System.getenv(URI));
    if (configured.isEmpty() && !serves()) {
      return missing("libvirt does not run: there is no socket in " + RUN, "start libvirtd");
    }
    if (!Files.isExecutable(Virsh.PROGRAM)) {
      return missing("there is no " + Virsh.PROGRAM, "install libvirt-clients");
    }
    if (!Files.exists(Path.of("/dev/net/tun"))) {
      return missing("this kernel makes no taps: there is no /dev/net/tun", "load the module tun");
    }
    return LibvirtDriver.open(node, state, configured.orElse(SYSTEM), Patience.DEFAULT);
  }

  private static boolean serves() {
    return Stream.of("libvirt-sock", "virtqemud-sock")
        .anyMatch(socket -> Files.exists(RUN.resolve(socket)));
  }

  private static Result<FunctionDriver> missing(String what, String next) {
    return Result.failed(Problem.of(Problem.Code.UNSUPPORTED, what).next(next));
  }
}
