/**
 * Instances of network functions and the contract that every function driver fulfils.
 *
 * <p>Pure but for the drivers behind the contract. Which implementation runs is the catalog's
 * affair, and how frames reach an instance is the switch's.
 */
package org.universalnode.compute;
