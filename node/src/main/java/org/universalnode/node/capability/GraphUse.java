package org.universalnode.node.capability;

import java.util.Map;
import java.util.Set;
import org.universalnode.catalog.resolve.Amounts;

/** What graphs have of the machine, whenever it is asked. */
public interface GraphUse {

  /** Ids of VLANs that they use, by interface. */
  Map<String, Set<Integer>> vlans();

  /** What could still be promised to another one. */
  Amounts free();
}
