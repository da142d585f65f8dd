/** Connections to upstreams as a client of a NATS server. */
@org.jspecify.annotations.NullMarked
package org.universalnode.upstream.nats;
