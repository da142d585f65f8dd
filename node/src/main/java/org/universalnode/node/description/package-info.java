/**
 * The domain description: what the node tells those above it of itself, in the published shape.
 * Pure: looks at nothing and sends nothing.
 */
@org.jspecify.annotations.NullMarked
package org.universalnode.node.description;
