package org.universalnode.compute.docker;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.universalnode.compute.ImageSource;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * Images in the engine's store, by their ID: the digest of what they consist of.
 *
 * @param patience how long fetching one may take
 */
record Images(Engine engine, Patience patience) {
  private static final int SERVER_ERROR = 500;
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]+(?:[._:@-]+[A-Za-z0-9]+|/[A-Za-z0-9]+){0,100}");

  /** The ID of what is there then. */
  String install(ImageSource source) {
    return switch (source) {
      case ImageSource.File(Path path) -> load(path);
      case ImageSource.Registry(String reference, Optional<String> sha256) ->
          sha256.isPresent()
              ? pinned(repository(checked(reference)) + "@sha256:" + sha256.get())
              : any(checked(reference));
      case ImageSource.Folder(Path path) ->
          throw Problem.of(Problem.Code.UNSUPPORTED, "the folder " + path + " is no image")
              .next("give the template a file of docker save, or a name in a registry")
              .asException();
    };
  }

  /** As the engine describes it. */
  Answer describe(String image) {
    return find(image)
        .orElseThrow(
            () ->
                Problem.of(Problem.Code.NOT_FOUND, "the engine has no image " + image)
                    .next("it is fetched when the graph is deployed again")
                    .asException());
  }

  /** What is in the file already is not read again. */
  private String load(Path file) {
    String image = new ImageArchive(file).image();
    if (find(image).isEmpty()) {
      fetch(new Engine.Request("POST", "/images/load?quiet=true", file, patience.image()));
      describe(image);
    }
    return image;
  }

  /** The engine proves the digest of what it fetches. */
  private String pinned(String reference) {
    return find(reference).orElseGet(() -> pull(reference, reference)).at("Id").text();
  }

  /** What the engine has by that name stays what it is until somebody pulls or removes it. */
  private String any(String reference) {
    String tagged = isTagged(reference) ? reference : reference + ":latest";
    return find(tagged).orElseGet(() -> pull(tagged, tagged)).at("Id").text();
  }

  private Answer pull(String reference, String name) {
    String path = "/images/create?fromImage=" + Engine.escaped(reference);
    fetch(new Engine.Request("POST", path, null, patience.image()));
    return describe(name);
  }

  private Optional<Answer> find(String image) {
    return engine.find(engine.get("/images/" + image.replace("@", "%40") + "/json"));
  }

  /** It answers with a line for each step, and of a failure only there. */
  private void fetch(Engine.Request request) {
    engine.use(
        request,
        reply -> {
          if (reply.status() >= SERVER_ERROR) { // so it calls what registries do
            throw refused(Problem.Code.UNAVAILABLE, Engine.message(reply));
          }
          Engine.checked(request, reply);
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String error = Engine.json(line).at("error").text();
            if (!error.isEmpty()) {
              throw refused(Problem.Code.NOT_FOUND, error);
            }
          }
          return true;
        });
  }

  private static ProblemException refused(Problem.Code code, String error) {
    return Problem.of(code, "the Docker engine can't get the image: " + error)
        .next("see that its name is right and its registry can be reached")
        .asException();
  }

  /** It becomes a part of paths. */
  private static String checked(String reference) {
    if (!NAME.matcher(reference).matches() || reference.contains("..")) {
      throw Problem.of(
              Problem.Code.INVALID_DOCUMENT, JsonText.quoted(reference) + " is no name of an image")
          .next("write it like registry.example/function:2")
          .asException();
    }
    return reference;
  }

  /** A colon before the last slash is a port's. */
  private static boolean isTagged(String reference) {
    return reference.indexOf(':', reference.lastIndexOf('/') + 1) > 0;
  }

  private static String repository(String reference) {
    String name = reference.replaceFirst("@.*", "");
    return isTagged(name) ? name.substring(0, name.lastIndexOf(':')) : name;
  }
}
