/**
 * The {@code un} command: one class per subcommand, a small REST client, tables for people and JSON
 * for programs.
 *
 * <p>What the node knows is asked for over REST. Documents are read here, by the readers of {@code
 * nffg} and {@code catalog}, so that a file can be checked without a node, and archives are signed
 * here; nothing else of these rooms may be used. Every class counts: the command starts a JVM for
 * one request, so it avoids annotations read at run time, streams, lambdas and pattern switches on
 * the way of a normal call.
 */
package org.universalnode.cli;
