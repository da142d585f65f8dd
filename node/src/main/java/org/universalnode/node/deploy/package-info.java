/**
 * From desired state to running graphs: resolution of functions, the planner, which is pure, and
 * the executor, which works through the drivers' contracts. No SQL, no HTTP, no kernel here.
 */
package org.universalnode.node.deploy;
