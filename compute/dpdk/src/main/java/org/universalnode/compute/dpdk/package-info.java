/**
 * The driver of DPDK processes. A port is an interface inside the instance's namespace, which the
 * process takes by AF_PACKET, or a vhost-user socket of a switch.
 */
@org.jspecify.annotations.NullMarked
package org.universalnode.compute.dpdk;
