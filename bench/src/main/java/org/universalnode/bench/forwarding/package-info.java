/** What a logical switch costs: traffic over paths with and without one, measured in turns. */
package org.universalnode.bench.forwarding;
