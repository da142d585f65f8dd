/** Connections to upstreams as a client of an MQTT broker. */
@org.jspecify.annotations.NullMarked
package org.universalnode.upstream.mqtt;
