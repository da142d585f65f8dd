/** Commands, measured from outside as whole processes. */
package org.universalnode.bench.process;
