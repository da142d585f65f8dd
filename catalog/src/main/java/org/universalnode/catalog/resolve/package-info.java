/**
 * The choice of implementations for the functions of a graph, at least cost: pure, from candidates,
 * links and free resources to an assignment. Nothing here knows templates, drivers or the machine.
 */
package org.universalnode.catalog.resolve;
