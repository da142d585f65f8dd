/**
 * The switch driver that needs nothing but the kernel. {@code lsi.bpf.c} is the data plane; the
 * classes here fill its maps, whose layouts they repeat. No graph and no function is known here.
 */
package org.universalnode.switching.ebpf;
