/**
 * The command behind {@code make bench}: runs the {@link org.universalnode.bench.Subjects}, prints
 * a line per figure, and writes them all with the facts of the machine as JSON.
 */
package org.universalnode.bench;
