/** What the node remembers across its own end: desired graphs, in one SQLite file. */
package org.universalnode.node.store;
