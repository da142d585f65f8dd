package org.universalnode.node.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.deploy.Applied;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.Stopwatch;
import org.universalnode.node.security.Caller;
import org.universalnode.node.security.GraphOwners;
import org.universalnode.node.security.GraphOwners.Claim;
import org.universalnode.node.security.Right;

/**
 * Changes of graphs by those who may make them. Whether they may is looked at when the change
 * begins, as the graph can be gone by then, or be another's; whoever makes one owns it from then.
 */
record Claims(Orchestrator graphs, Gate gate, Optional<GraphOwners> owners) {

  Applied apply(String id, Request request, Stopwatch stopwatch) {
    Caller caller = request.asker().caller();
    Conditions conditions = Conditions.of(request);
    List<Claim> made = new ArrayList<>();
    try {
      return graphs.apply(
          id,
          request.body(),
          present -> {
            requireRight(present, id, caller);
            conditions.require(present);
            if (present.isEmpty()) {
              owners.ifPresent(known -> made.add(known.claim(id, caller)));
            }
          },
          stopwatch);
    } catch (RuntimeException e) {
      if (graphs.graph(id).isEmpty()) {
        made.forEach(claim -> owners.orElseThrow().release(claim));
      }
      throw e;
    }
  }

  boolean delete(String id, Request request) {
    Conditions conditions = Conditions.of(request);
    return graphs.delete(
        id,
        present -> {
          gate.checkChange(request.asker().caller(), Right.DELETE, id);
          conditions.require(present);
        });
  }

  private void requireRight(Optional<ServiceGraph> present, String id, Caller caller) {
    if (present.isPresent()) {
      gate.checkChange(caller, Right.UPDATE, id);
    } else {
      gate.checkMaking(caller);
    }
  }
}
