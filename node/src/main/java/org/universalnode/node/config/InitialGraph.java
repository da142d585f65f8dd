package org.universalnode.node.config;

import java.nio.file.Path;

/**
 * A graph that a node is to have from its start, if it knows none of that id.
 *
 * @param file with its document
 */
public record InitialGraph(String id, Path file, Origin origin) {}
