/**
 * The driver for containers, on the API of a Docker engine at its Unix socket.
 *
 * <p>A container is started with a waiting program, gets its ports from the switch in its own
 * network namespace, and then becomes what its image says.
 */
package org.universalnode.compute.docker;
