/** Switch drivers beside each other, and what only that for Open vSwitch has. */
package org.universalnode.bench.switches;
