/**
 * What the choice of implementations goes by: what the machine has, what functions take of it, and
 * what the node has learned of those that ran. The choice itself is the catalog's resolver.
 */
package org.universalnode.node.choice;
