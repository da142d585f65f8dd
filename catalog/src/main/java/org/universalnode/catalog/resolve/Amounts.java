package org.universalnode.catalog.resolve;

/** So much of each resource that functions take away from a machine, in MiB. */
public record Amounts(long memory, long hugepages, long disk) {
  public static final Amounts NONE = new Amounts(0, 0, 0);

  /** More than any machine has: nothing is ever short. */
  public static final Amounts PLENTY = new Amounts(1L << 32, 1L << 32, 1L << 32);

  public Amounts plus(Amounts other) {
    return new Amounts(memory + other.memory, hugepages + other.hugepages, disk + other.disk);
  }

  public Amounts minus(Amounts other) {
    return new Amounts(memory - other.memory, hugepages - other.hugepages, disk - other.disk);
  }

  /** Of each the more. */
  public Amounts most(Amounts other) {
    return new Amounts(
        Math.max(memory, other.memory),
        Math.max(hugepages, other.hugepages),
        Math.max(disk, other.disk));
  }

  /** Of each the less. */
  public Amounts least(Amounts other) {
    return new Amounts(
        Math.min(memory, other.memory),
        Math.min(hugepages, other.hugepages),
        Math.min(disk, other.disk));
  }

  /** Of one of them; no cores, which nobody takes away. */
  public long of(Resource resource) {
    return switch (resource) {
      case MEMORY -> memory;
      case HUGEPAGES -> hugepages;
      case DISK -> disk;
      case CORES -> 0;
    };
  }
}
