package org.universalnode.compute;

/**
 * A command that was run inside an instance.
 *
 * @param status its exit status, or 128 plus the number of the signal that ended it
 * @param output what it printed, its end if that was too much
 */
public record Execution(int status, String output) {}
