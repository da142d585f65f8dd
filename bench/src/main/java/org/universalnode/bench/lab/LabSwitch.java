package org.universalnode.bench.lab;

/** The switch driver that a node of a lab uses. */
public enum LabSwitch {
  EBPF("ebpf"),
  OPEN_VSWITCH("openvswitch");

  private final String word;

  LabSwitch(String word) {
    this.word = word;
  }

  /** As {@code un serve --switch} takes it, and in the names of figures. */
  public String word() {
    return word;
  }
}
