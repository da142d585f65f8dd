package org.universalnode.catalog;

/**
 * Something that the machine must offer before the function can run there.
 *
 * @param name what, such as {@code nft}
 * @param type of which kind
 */
public record Dependency(String name, Type type) {

  /** The kinds of things that a machine can offer. */
  public enum Type {
    /** Of the machine's distribution, as in the paper's figure 3. */
    PACKAGE("package"),
    EXECUTABLE("executable"),
    /** Published beside executable in the first node's list of its capabilities. */
    SCRIPT("script"),
    LIBRARY("library"),
    KERNEL_FEATURE("kernel-feature"),
    DEVICE("device"),
    FILE("file");

    static final Vocabulary<Type> WORDS = Vocabulary.of(values(), "no dependency is of the type");

    private final String published;

    Type(String published) {
      this.published = published;
    }

    /** As templates write it, such as {@code kernel-feature}. */
    @Override
    public String toString() {
      return published;
    }
  }
}
