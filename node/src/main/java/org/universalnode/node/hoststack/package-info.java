/** Addresses of the machine's own stack at end-points: DHCP clients and what they learn. */
package org.universalnode.node.hoststack;
