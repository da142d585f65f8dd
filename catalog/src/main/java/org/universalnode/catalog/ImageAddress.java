package org.universalnode.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Where a template says that its image is.
 *
 * @param type how to get it
 * @param written as the template writes it; a file name may be relative to the template's folder
 * @param resolved absolute: {@code file:} or {@code http(s):} for an archive or disk image, {@code
 *     docker:<reference>} for an image of a registry
 * @param sha256 what the image's SHA-256 has to be, in lower-case hex; empty if any will do
 */
public record ImageAddress(ImageType type, String written, URI resolved, Optional<String> sha256) {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");
  private static final Set<String> REMOTE = Set.of("http", "https");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

  /** An address whose image may be anything. */
  public ImageAddress(ImageType type, String written, URI resolved) {
    this(type, written, resolved, Optional.empty());
  }

  /**
   * The address that a template writes.
   *
   * @param folder the one of the template; relative file names start there
   * @throws ProblemException if it is no address, or not of that type
   */
  public static ImageAddress of(ImageType type, String written, Path folder) {
    if (written.chars().anyMatch(Character::isISOControl)) {
      throw invalid(
          JsonText.quoted(written) + " is no address: it holds a control character",
          "use printable characters only");
    }
    try {
      return new ImageAddress(type, written, resolve(type, written, folder));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw invalid(JsonText.quoted(written) + " is no address: " + e.getMessage(), "correct it");
    }
  }

  /** The same address, of an image with that digest alone. */
  ImageAddress pinned(String digest) {
    return new ImageAddress(type, written, resolved, Optional.of(digest));
  }

  /** A digest as a template writes it, in lower case. */
  static String digest(String text) {
    if (!DIGEST.matcher(text).matches()) {
      throw invalid(
          JsonText.quoted(text) + " is no SHA-256",
          "write 64 hexadecimal digits, as sha256sum prints them");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /** The type of an address that is written without one, as in the paper's figure 3. */
  static ImageType guess(String written) {
    return REMOTE.contains(scheme(written)) ? ImageType.REMOTE_FILE : ImageType.LOCAL_FILE;
  }

  private static URI resolve(ImageType type, String written, Path folder)
      throws URISyntaxException {
    return switch (type) {
      case LOCAL_FILE -> local(written, folder);
      case REMOTE_FILE -> remote(written);
      case DOCKER_REGISTRY -> new URI("docker", written, null);
    };
  }

  private static URI local(String written, Path folder) throws URISyntaxException {
    Path path =
        switch (scheme(written)) {
          case "" -> Path.of(written);
          case "file" -> path(new URI(written));
          default ->
              throw invalid(
                  JsonText.quoted(written) + " is no local file",
                  "write a file name, or the uri-image-type remote-file");
        };
    return folder.toAbsolutePath().resolve(path).normalize().toUri();
  }

  /** {@code file:x.tgz} is not a URI that Path takes: it names a file relative to the template. */
  private static Path path(URI uri) {
    return uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri);
  }

  private static URI remote(String written) throws URISyntaxException {
    URI uri = new URI(written);
    if (!REMOTE.contains(scheme(written)) || uri.getRawAuthority() == null) {
      throw invalid(
          JsonText.quoted(written) + " is no remote file",
          "write http://... or https://..., or the uri-image-type local-file");
    }
    return uri;
  }

  /** In lower case; empty if there is none. */
  private static String scheme(String text) {
    Matcher matcher = SCHEME.matcher(text);
    return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
  }

  private static ProblemException invalid(String detail, String nextStep) {
    return Problem.of(Code.INVALID_DOCUMENT, detail).next(nextStep).asException();
  }
}
