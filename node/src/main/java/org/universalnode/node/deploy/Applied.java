package org.universalnode.node.deploy;

import org.universalnode.nffg.ServiceGraph;

/**
 * What applying a document came to.
 *
 * @param created whether the graph is new
 * @param graph what the document said
 */
public record Applied(boolean created, ServiceGraph graph) {}
