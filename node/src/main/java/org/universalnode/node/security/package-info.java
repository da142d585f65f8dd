/**
 * Who may do what with the node, and who did what to it: accounts, logins, permissions of graphs,
 * the audit log. It knows no HTTP, and of graphs only their ids; those who answer requests ask it.
 */
@org.jspecify.annotations.NullMarked
package org.universalnode.node.security;
