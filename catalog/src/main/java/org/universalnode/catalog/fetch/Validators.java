package org.universalnode.catalog.fetch;

/**
 * What a server said of a file's state (RFC 9110, section 8.8); empty texts if it said nothing.
 *
 * @param entityTag {@code ETag}
 * @param modified {@code Last-Modified}
 */
public record Validators(String entityTag, String modified) {
  public static final Validators NONE = new Validators("", "");
  private static final int CHARACTERS = 512;

  /** Longer ones, and those that no header can carry, count as absent. */
  public Validators {
    entityTag = usable(entityTag);
    modified = usable(modified);
  }

  private static String usable(String text) {
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    return plain && text.length() <= CHARACTERS ? text : "";
  }
}
