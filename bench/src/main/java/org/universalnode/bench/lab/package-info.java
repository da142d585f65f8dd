/**
 * What network figures are measured on: hosts in namespaces, cables, and a node as users run it.
 */
package org.universalnode.bench.lab;
