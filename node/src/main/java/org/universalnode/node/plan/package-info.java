/**
 * What a graph is to be on this node, and which steps lead there. Pure: the same graphs give the
 * same plan. Nothing here calls a driver, reads a clock or keeps state.
 */
package org.universalnode.node.plan;
