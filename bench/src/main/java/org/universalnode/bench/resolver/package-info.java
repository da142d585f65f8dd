/**
 * The choice of implementations, measured by chains of functions on machines that are too small.
 */
package org.universalnode.bench.resolver;
