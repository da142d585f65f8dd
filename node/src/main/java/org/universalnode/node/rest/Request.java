package org.universalnode.node.rest;

import java.util.List;

/**
 * A request that passed the guard.
 *
 * @param path decoded segments, without empty ones
 * @param body as text; empty if there is none
 */
record Request(String method, List<String> path, String body) {}
