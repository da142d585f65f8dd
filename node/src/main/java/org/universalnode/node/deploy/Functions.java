package org.universalnode.node.deploy;

import java.util.List;
import java.util.Set;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.ImplementationType;

/**
 * The functions of the catalog, and whether this node can run them.
 *
 * @param supported implementation types that have a driver here
 */
public record Functions(Catalog catalog, Set<ImplementationType> supported) {

  /**
   * One function.
   *
   * @param refusal why it can't run here; empty if it can
   */
  public record Entry(FunctionTemplate template, String refusal) {}

  public Functions {
    supported = Set.copyOf(supported);
  }

  /** By name, as they are on the disk now. */
  public List<Entry> all() {
    catalog.reload();
    return catalog.all().stream().map(template -> new Entry(template, refusal(template))).toList();
  }

  private String refusal(FunctionTemplate template) {
    return supported.contains(template.type())
        ? ""
        : "this node runs no " + template.type() + " functions";
  }
}
