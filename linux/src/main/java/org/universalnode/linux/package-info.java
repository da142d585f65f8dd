/**
 * The kernel's offer: namespaces, links, cgroups, processes, BPF objects, each as a small type.
 *
 * <p>Every call ends in {@link org.universalnode.linux.Kernel}; a refusal is a {@link
 * org.universalnode.linux.KernelException} with errno and what was attempted. No program is
 * executed to change the system, and a thread that enters a namespace never returns to a pool.
 * Graphs, switches and functions are not known here.
 */
package org.universalnode.linux;
