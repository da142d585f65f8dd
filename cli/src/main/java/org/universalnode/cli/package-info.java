/**
 * The {@code un} command: one class per subcommand, a small REST client, tables for people and JSON
 * for programs.
 *
 * <p>What the node knows is asked for over REST; no other room of the house but {@code problem} may
 * be used here. Every class counts: the command starts a JVM for one request, so it avoids
 * annotations read at run time, streams, lambdas and pattern switches on the way of a normal call.
 */
package org.universalnode.cli;
