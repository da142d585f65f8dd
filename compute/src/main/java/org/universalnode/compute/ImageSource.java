package org.universalnode.compute;

import java.nio.file.Path;
import java.util.Optional;

/** Where the content of an image is before a driver knows it. */
public sealed interface ImageSource {

  /** An unpacked archive, which never changes. */
  record Folder(Path path) implements ImageSource {}

  /** A file of whatever format, which never changes. */
  record File(Path path) implements ImageSource {}

  /**
   * An image that a registry serves, such as {@code registry.example/firewall:2}.
   *
   * @param sha256 what the digest of its manifest has to be, in lower-case hex; empty if any will
   *     do
   */
  record Registry(String reference, Optional<String> sha256) implements ImageSource {}
}
