package org.universalnode.node.security;

/** Is told of requests. */
@FunctionalInterface
public interface Audit {

  /** Keeps the entry. Who asked gets no answer before this returns; it doesn't fail. */
  void record(AuditEntry entry);
}
