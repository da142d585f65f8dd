/** What the node's REST API costs who asks, and how soon it tells what it can do. */
package org.universalnode.bench.northbound;
