/**
 * What happens in the node, for whoever follows it. Those who tell know this room; it knows nobody.
 */
@org.jspecify.annotations.NullMarked
package org.universalnode.node.event;
