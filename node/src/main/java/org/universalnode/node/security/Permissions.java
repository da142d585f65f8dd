package org.universalnode.node.security;

/**
 * What everybody may do with a graph.
 *
 * @param owner whoever made it
 * @param group others of the group that the owner was in then
 * @param all every other tenant
 */
public record Permissions(Permission owner, Permission group, Permission all) {
  /** The published ones: AAA, ADD, DDD. */
  public static final Permissions USUAL =
      new Permissions(Permission.EVERYTHING, Permission.READING, Permission.NOTHING);
}
