/** The conformance suite of function drivers, and instances that only a test's memory has. */
package org.universalnode.compute.kit;
