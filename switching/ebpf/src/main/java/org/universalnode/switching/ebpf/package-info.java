/**
 * The switch driver that needs nothing but the kernel. {@code lsi.bpf.c} is the data plane; the
 * classes here fill its maps, whose layouts they repeat. {@code Inspection} finds what others have
 * done to links, filters and maps. No graph and no function is known here.
 */
package org.universalnode.switching.ebpf;
