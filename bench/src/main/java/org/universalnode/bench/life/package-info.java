/** A node through its life: what changes of graphs cost, what it holds, how it comes back. */
package org.universalnode.bench.life;
