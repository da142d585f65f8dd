package org.universalnode.catalog.resolve;

/**
 * Something of which there is not enough.
 *
 * @param needed in the resource's unit
 * @param free less than that
 */
public record Shortage(Resource resource, long needed, long free) {

  public long missing() {
    return needed - free;
  }

  /** Such as {@code memory: 300 MB needed, 200 MB free}. */
  @Override
  public String toString() {
    String unit = resource.unit();
    return "%s: %d %s needed, %d %s free".formatted(resource, needed, unit, free, unit);
  }
}
