package org.universalnode.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** Where a template says that its image is, made absolute. */
final class ImageAddress {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");
  private static final Set<String> REMOTE = Set.of("http", "https");
  private static final int CHARACTERS = 2_048;

  private ImageAddress() {}

  /** {@code uri-image-type} of a template. */
  private enum Kind {
    LOCAL_FILE,
    REMOTE_FILE,
    DOCKER_REGISTRY;

    static Kind parse(String text) {
      return switch (text) {
        case "local-file" -> LOCAL_FILE;
        case "remote-file" -> REMOTE_FILE;
        case "docker-registry" -> DOCKER_REGISTRY;
        default ->
            throw invalid(
                "no image is of the type " + JsonText.quoted(text),
                "use one of local-file, remote-file, docker-registry");
      };
    }
  }

  /**
   * Reads {@code uri-image} and {@code uri-image-type}, or the paper's {@code uri} (figure 3),
   * which needs no type.
   *
   * @param folder the one of the template; relative file names start there
   */
  static Optional<URI> read(JsonFields template, Path folder) {
    String key = template.has("uri") ? "uri" : "uri-image";
    if (key.equals("uri") && template.has("uri-image")) {
      template.problem("uri", "uri and uri-image both name the image", "remove one of them");
    }
    Optional<String> text = template.requiredParsed(key, ImageAddress::checked);
    Optional<Kind> kind =
        key.equals("uri") && !template.has("uri-image-type")
            ? text.map(ImageAddress::guess)
            : template.requiredParsed("uri-image-type", Kind::parse);
    if (text.isEmpty() || kind.isEmpty()) {
      return Optional.empty();
    }
    return template.parsed(key, address -> absolute(address, kind.get(), folder));
  }

  private static String checked(String text) {
    if (text.isBlank() || text.length() > CHARACTERS) {
      throw invalid(
          "the address of the image has " + text.length() + " characters",
          "write one of 1 to " + CHARACTERS);
    }
    return text;
  }

  private static Kind guess(String text) {
    return REMOTE.contains(scheme(text)) ? Kind.REMOTE_FILE : Kind.LOCAL_FILE;
  }

  private static URI absolute(String text, Kind kind, Path folder) {
    try {
      return switch (kind) {
        case LOCAL_FILE -> local(text, folder);
        case REMOTE_FILE -> remote(text);
        case DOCKER_REGISTRY -> new URI("docker", text, null);
      };
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw invalid(JsonText.quoted(text) + " is no address: " + e.getMessage(), "correct it");
    }
  }

  private static URI local(String text, Path folder) throws URISyntaxException {
    Path path =
        switch (scheme(text)) {
          case "" -> Path.of(text);
          case "file" -> path(new URI(text));
          default ->
              throw invalid(
                  JsonText.quoted(text) + " is no local file",
                  "write a file name, or the uri-image-type remote-file");
        };
    return folder.toAbsolutePath().resolve(path).normalize().toUri();
  }

  /** {@code file:x.tgz} is not a URI that Path takes: it names a file relative to the template. */
  private static Path path(URI uri) {
    return uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri);
  }

  private static URI remote(String text) throws URISyntaxException {
    URI uri = new URI(text);
    if (!REMOTE.contains(scheme(text)) || uri.getRawAuthority() == null) {
      throw invalid(
          JsonText.quoted(text) + " is no remote file",
          "write http://... or https://..., or the uri-image-type local-file");
    }
    return uri;
  }

  /** In lower case; empty if there is none. */
  private static String scheme(String text) {
    Matcher matcher = SCHEME.matcher(text);
    return matcher.matches() ? text.substring(0, matcher.end(1)).toLowerCase(Locale.ROOT) : "";
  }

  private static ProblemException invalid(String detail, String nextStep) {
    return Problem.of(Code.INVALID_DOCUMENT, detail).next(nextStep).asException();
  }
}
