/**
 * What the node remembers across its own end: desired graphs, in one SQLite file, and how such
 * files are kept.
 */
@org.jspecify.annotations.NullMarked
package org.universalnode.node.store;
