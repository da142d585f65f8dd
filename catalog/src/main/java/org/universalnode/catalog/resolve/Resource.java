package org.universalnode.catalog.resolve;

import java.util.List;
import java.util.Locale;

/** What functions need of a machine that has only so much of it. */
public enum Resource {
  /** In MiB. */
  MEMORY,
  /** Huge pages, in MiB. */
  HUGEPAGES,
  /** Of the node's folder of state, in MiB. */
  DISK,
  /** As many as one function runs on at the same time; functions share them. */
  CORES;

  /** Those of which each function takes something away. */
  static final List<Resource> TAKEN = List.of(MEMORY, HUGEPAGES, DISK);

  /** What it is counted in. */
  public String unit() {
    return this == CORES ? "cores" : "MB";
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
