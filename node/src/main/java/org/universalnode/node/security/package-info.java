/** Who did what to the node. It knows no graphs and no HTTP; those who answer requests tell it. */
@org.jspecify.annotations.NullMarked
package org.universalnode.node.security;
