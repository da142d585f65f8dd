/**
 * Tells upstreams what the node can do: newest first, again and again until they have it. What is
 * told is made elsewhere, and nothing of the node waits for anybody here.
 */
@org.jspecify.annotations.NullMarked
package org.universalnode.node.upstream;
