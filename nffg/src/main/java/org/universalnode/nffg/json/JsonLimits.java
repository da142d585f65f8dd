package org.universalnode.nffg.json;

/**
 * How much JSON is too much.
 *
 * @param characters longest text, in UTF-16 units
 * @param depth most objects and arrays inside one another; a lone number has depth 0
 */
public record JsonLimits(int characters, int depth) {

  /** The longest key of an object, in UTF-16 units. */
  public static final int KEY_CHARACTERS = 1024;

  /** Fits every document that people write by hand or that an orchestrator sends: 1 Mi, 32. */
  public static final JsonLimits DOCUMENT = new JsonLimits(1 << 20, 32);

  /** Beyond this our recursion would need more stack than a thread surely has. */
  private static final int DEEPEST = 200;

  public JsonLimits {
    if (characters < 0 || depth < 0 || depth > DEEPEST) {
      throw new IllegalArgumentException(
          "limits are at least 0 and the depth at most "
              + DEEPEST
              + ": "
              + characters
              + ", "
              + depth);
    }
  }
}
