/** What a monitoring system reads: the node in numbers, as OpenMetrics text. */
package org.universalnode.node.metrics;
