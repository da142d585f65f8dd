/**
 * Logical switching instances, their ports and rules; the compiler from a service graph to rules;
 * and the contract that every switch driver fulfils.
 *
 * <p>Pure but for the drivers behind the contract: nothing here talks to a kernel or a switch.
 */
package org.universalnode.switching;
