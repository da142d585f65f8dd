package org.universalnode.nffg.json;

/** The place of an element in a document, written as RFC 6901 says; {@code ""} is the root. */
public final class JsonPointer {
  private JsonPointer() {}

  public static String child(String parent, String key) {
    return parent + '/' + escape(key);
  }

  public static String child(String parent, int index) {
    return parent + '/' + index;
  }

  /** One reference token: {@code ~} becomes {@code ~0} and {@code /} becomes {@code ~1}. */
  public static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
