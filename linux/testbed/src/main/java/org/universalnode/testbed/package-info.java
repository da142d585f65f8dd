/**
 * Hosts made of network namespaces, joined to interfaces that a test gives to a switch or a node.
 * Traffic stays between namespaces that the test made; closing a testbed removes all it made.
 */
package org.universalnode.testbed;
