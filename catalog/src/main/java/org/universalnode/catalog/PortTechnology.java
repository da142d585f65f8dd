package org.universalnode.catalog;

import java.util.Locale;

/** How a virtual machine gets the frames of a port: {@code technology} of a template's ports. */
public enum PortTechnology {
  /** Through the kernel's vhost-net. */
  VHOST,
  /** Through a vhost-user socket. */
  USVHOST,
  /** Through memory shared with the host. */
  IVSHMEM;

  static final Vocabulary<PortTechnology> WORDS =
      Vocabulary.of(values(), "no port is of the technology");

  /** The published name, such as {@code usvhost}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
