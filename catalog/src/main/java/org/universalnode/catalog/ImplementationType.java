package org.universalnode.catalog;

import org.universalnode.problem.ProblemException;

/**
 * The ways in which a function can be implemented: {@code vnf-type} of a template. All that are
 * published; which of them a node can run is another question.
 */
public enum ImplementationType {
  NATIVE("native"),
  DOCKER("docker"),
  DPDK("dpdk"),
  VIRTUAL_MACHINE_KVM("virtual-machine-kvm"),
  ONOS_APPLICATION("onos-application"),
  IOMODULE("iomodule");

  private static final Vocabulary<ImplementationType> WORDS =
      Vocabulary.of(values(), "no implementation is of the type");

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
    return WORDS.parse(text);
  }

  /** The published name, such as {@code virtual-machine-kvm}. */
  @Override
  public String toString() {
    return published;
  }
}
