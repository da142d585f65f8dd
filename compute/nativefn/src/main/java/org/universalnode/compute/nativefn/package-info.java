/**
 * The native driver: an instance is a network namespace, a cgroup and a folder. Its handlers are
 * started as argv arrays inside both; whatever they start is found and ended through the cgroup.
 * Switching and catalogs are not known here.
 */
package org.universalnode.compute.nativefn;
