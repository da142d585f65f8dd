package org.universalnode.catalog;

import java.nio.file.Path;
import java.util.Optional;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * Reads {@code uri-image}, {@code uri-image-type} and {@code image-sha256} of a template; {@code
 * uri} and {@code uri-type} in older ones. The paper's {@code uri} (figure 3) has no type.
 */
final class ImageReader {
  private static final int CHARACTERS = 2_048;

  private ImageReader() {}

  /**
   * Empty if there is a problem, which is told.
   *
   * @param folder the one of the template
   */
  static Optional<ImageAddress> read(JsonFields template, Path folder) {
    String key = spelling(template, "uri-image", "name the image");
    String typeKey = spelling(template, "uri-image-type", "say how to get the image");
    Optional<String> written = template.requiredParsed(key, ImageReader::checked);
    Optional<ImageType> type =
        key.equals("uri") && !template.has(typeKey)
            ? written.map(ImageAddress::guess)
            : template.requiredParsed(typeKey, ImageType.WORDS::parse);
    Optional<String> digest = template.parsed("image-sha256", ImageAddress::digest);
    Optional<ImageAddress> address =
        type.isPresent() && written.isPresent()
            ? template.parsed(key, text -> ImageAddress.of(type.get(), text, folder))
            : Optional.empty();
    return address.map(found -> digest.map(found::pinned).orElse(found));
  }

  /** The published or the older key, whichever is there; a problem if both are. */
  private static String spelling(JsonFields template, String published, String meaning) {
    String older = published.replace("-image", "");
    boolean isPublished = template.has(published);
    boolean isOlder = template.has(older);
    if (isPublished && isOlder) {
      template.problem(
          older, older + " and " + published + " both " + meaning, "remove one of them");
    }
    return isOlder && !isPublished ? older : published;
  }

  private static String checked(String text) {
    if (text.isBlank()) {
      throw Problem.of(Code.INVALID_DOCUMENT, "the address of the image is empty")
          .next("write one, such as firewall.tgz")
          .asException();
    }
    if (text.length() > CHARACTERS) {
      throw Problem.of(Code.LIMIT, "the address of the image has " + text.length() + " characters")
          .next("use at most " + CHARACTERS)
          .asException();
    }
    return text;
  }
}
