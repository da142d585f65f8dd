/** Many graphs on one node. */
package org.universalnode.bench.scale;
