/** The service-graph language, measured by large graphs. */
package org.universalnode.bench.graphs;
