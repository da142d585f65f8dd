package org.universalnode.catalog;

/** How an image is got: {@code uri-image-type} of a template. */
public enum ImageType {
  LOCAL_FILE("local-file"),
  REMOTE_FILE("remote-file"),
  DOCKER_REGISTRY("docker-registry");

  static final Vocabulary<ImageType> WORDS = Vocabulary.of(values(), "no image is of the type");

  private final String published;

  ImageType(String published) {
    this.published = published;
  }

  /** The published name, such as {@code local-file}. */
  @Override
  public String toString() {
    return published;
  }
}
