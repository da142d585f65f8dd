/** Generators of traffic between two hosts, and what each says of the path between them. */
package org.universalnode.bench.traffic;
