package org.universalnode.catalog;

/**
 * Something that the machine must offer before the function can run there.
 *
 * @param name what, such as {@code nft}
 * @param type of which kind: {@code package}, {@code executable}, ...
 */
public record Dependency(String name, String type) {}
