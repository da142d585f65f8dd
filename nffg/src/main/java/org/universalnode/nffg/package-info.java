/**
 * The language of service graphs (NF-FG): what a graph is, how its text is read, checked and
 * written. Values only; what a node does with a graph, and what exists on a node, is not known
 * here.
 */
package org.universalnode.nffg;
