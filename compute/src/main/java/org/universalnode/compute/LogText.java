package org.universalnode.compute;

/**
 * A part of an instance's log.
 *
 * @param next where the log goes on: bytes that it has had in all, those that were dropped included
 */
public record LogText(String text, long next) {}
