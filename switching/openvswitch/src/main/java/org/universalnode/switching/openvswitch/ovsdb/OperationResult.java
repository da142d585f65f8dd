package org.universalnode.switching.openvswitch.ovsdb;

import java.util.List;
import java.util.UUID;

/** What one operation of a committed transaction did (RFC 7047 section 5.2). */
public sealed interface OperationResult {

  record Inserted(UUID id) implements OperationResult {}

  /** How many rows an update, mutate or delete found; they may have been so already. */
  record Changed(long rows) implements OperationResult {}

  record Selected(List<Row> rows) implements OperationResult {
    public Selected {
      rows = List.copyOf(rows);
    }
  }

  /** A wait that was fulfilled, or a comment. */
  record Passed() implements OperationResult {}
}
