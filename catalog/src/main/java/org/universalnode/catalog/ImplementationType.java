package org.universalnode.catalog;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** The ways in which a function can be implemented: {@code vnf-type} of a template. */
public enum ImplementationType {
  NATIVE("native"),
  DOCKER("docker"),
  DPDK("dpdk"),
  VIRTUAL_MACHINE_KVM("virtual-machine-kvm"),
  ONOS_APPLICATION("onos-application");

  private final String published;

  ImplementationType(String published) {
    this.published = published;
  }

  /**
   * Reads a published name.
   *
   * @throws ProblemException if it is none
   */
  public static ImplementationType parse(String text) {
    return Arrays.stream(values())
        .filter(type -> type.published.equals(text))
        .findFirst()
        .orElseThrow(() -> unknown(text));
  }

  /** The published name, such as {@code virtual-machine-kvm}. */
  @Override
  public String toString() {
    return published;
  }

  private static ProblemException unknown(String text) {
    String known =
        Arrays.stream(values()).map(type -> type.published).collect(Collectors.joining(", "));
    return Problem.of(
            Code.INVALID_DOCUMENT, "no implementation is of the type " + JsonText.quoted(text))
        .next("use one of " + known)
        .asException();
  }
}
