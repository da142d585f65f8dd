/**
 * What the functions we ship cost: start, memory, archive. Each is measured with its {@code
 * example.json}, on the driver alone, without a node and a switch.
 */
package org.universalnode.bench.functions;
