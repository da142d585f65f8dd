package org.universalnode.node.security;

/** What somebody wants to do with a thing. */
public enum Right {
  READ,
  UPDATE,
  DELETE
}
