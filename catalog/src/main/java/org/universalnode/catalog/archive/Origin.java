package org.universalnode.catalog.archive;

import com.google.gson.JsonObject;
import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import org.universalnode.catalog.fetch.Validators;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.ProblemException;

/**
 * What was fetched from an address.
 *
 * @param sha256 digest of the archive
 * @param secure whether it is known to have come by TLS all the way
 * @param signature content of its .sig in base64; empty if there was none
 */
record Origin(URI uri, String sha256, Validators validators, boolean secure, String signature) {
  static final int FILE_BYTES = 16 << 10;
  private static final JsonLimits LIMITS = new JsonLimits(FILE_BYTES, 4);

  Optional<byte[]> signatureBytes() {
    return signature.isEmpty()
        ? Optional.empty()
        : Optional.of(Base64.getDecoder().decode(signature));
  }

  static String signature(Optional<byte[]> bytes) {
    return bytes.map(Base64.getEncoder()::encodeToString).orElse("");
  }

  String text() {
    JsonObject json = new JsonObject();
    json.addProperty("uri", uri.toString());
    json.addProperty("sha256", sha256);
    json.addProperty("etag", validators.entityTag());
    json.addProperty("modified", validators.modified());
    json.addProperty("secure", secure);
    json.addProperty("signature", signature);
    return JsonText.compact(json) + "\n";
  }

  /**
   * Empty if the text is not what {@link #text} writes: then it is fetched as if for the first
   * time.
   */
  static Optional<Origin> parse(String text) {
    try {
      Problems problems = new Problems();
      JsonFields json = JsonFields.of(JsonText.parse(text, LIMITS), "", problems);
      Origin read =
          new Origin(
              URI.create(json.requiredString("uri")),
              json.requiredString("sha256"),
              new Validators(json.string("etag"), json.string("modified")),
              json.bool("secure").orElse(false),
              json.string("signature"));
      read.signatureBytes();
      problems.throwIfAny();
      return Optional.of(read);
    } catch (ProblemException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
