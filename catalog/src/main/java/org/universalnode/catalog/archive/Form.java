package org.universalnode.catalog.archive;

/** What a store makes of the files that it takes. */
public enum Form {
  /** The unpacked archive of a native function, which holds {@code start}. */
  HANDLERS("start"),
  /** An unpacked archive of whatever content. */
  FOLDER(""),
  /** The file itself, called {@code image}. */
  FILE("image");

  private final String sign;

  Form(String sign) {
    this.sign = sign;
  }

  /** The file without which a folder is none of this form; empty if there is none. */
  String sign() {
    return sign;
  }
}
