package org.universalnode.compute.dpdk;

import org.universalnode.compute.FunctionSpec;
import org.universalnode.nffg.Isolation;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** What is asked of an instance that it could not be: refused before anything is made of it. */
final class Acceptance {
  private static final long MEBIBYTE = 1L << 20;

  /** What a process has besides the memory that it asks DPDK for: code, tables, stacks. */
  private static final long OWN_MEBIBYTES = 64;

  private static final String NO_CONFIGURATION = "{}";

  private Acceptance() {}

  static void check(FunctionSpec spec, Recorded instance) {
    Application application = Application.of(instance.image());
    checkConfiguration(spec, application);
    checkMemory(instance, application);
    if (instance.containment().isolation() != Isolation.NETWORK) {
      throw Problem.of(
              Code.UNSUPPORTED,
              "a DPDK process is kept from the machine by a network namespace and a cgroup, not by"
                  + " the isolation "
                  + instance.containment().isolation())
          .next("ask for the isolation network, or take a function of another type")
          .asException();
    }
    if (spec.shared().isPresent()) {
      throw Problem.of(Code.UNSUPPORTED, "no DPDK process serves several graphs")
          .next("leave shared out")
          .asException();
    }
  }

  private static void checkMemory(Recorded instance, Application application) {
    long ordinary = application.hugepages() == 0 ? application.memory() : 0;
    long needed = (ordinary + OWN_MEBIBYTES) * MEBIBYTE;
    if (instance.containment().memoryBytes() < needed) {
      throw Problem.of(
              Code.LIMIT,
              "%s may use %d MiB, and its process needs %d"
                  .formatted(
                      instance.id(),
                      instance.containment().memoryBytes() / MEBIBYTE,
                      needed / MEBIBYTE))
          .next("raise memory-size in its template, or lower memory in its " + Application.FILE)
          .asException();
    }
  }

  private static void checkConfiguration(FunctionSpec spec, Application application) {
    String given = spec.configuration().strip();
    if (!application.configurable() && !given.isEmpty() && !given.equals(NO_CONFIGURATION)) {
      throw Problem.of(Code.INVALID_DOCUMENT, spec.id() + " has no settings")
          .next("leave its configuration out")
          .asException();
    }
  }
}
