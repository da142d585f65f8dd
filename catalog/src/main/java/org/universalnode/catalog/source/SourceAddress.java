package org.universalnode.catalog.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Where an operator says that templates are.
 *
 * @param where a path, or an address of HTTP
 */
public record SourceAddress(Kind kind, String where) {
  private static final int CHARACTERS = 2_048;

  /** What is there. */
  public enum Kind {
    /** A folder of this machine, as the node's own. */
    FOLDER,
    /** A list of templates with their digests. */
    INDEX,
    /** The published datastore. */
    DATASTORE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads {@code folder=/srv/functions}, {@code index=https://host/catalog.json} or {@code
   * datastore=http://host:8081}.
   *
   * @throws ProblemException with INVALID_DOCUMENT if it is none of these
   */
  public static SourceAddress parse(String text) {
    int equals = text.indexOf('=');
    String word = equals < 0 ? "" : text.substring(0, equals);
    String where = text.substring(equals + 1);
    Optional<Kind> kind =
        Arrays.stream(Kind.values()).filter(one -> one.word().equals(word)).findFirst();
    if (kind.isEmpty() || where.length() > CHARACTERS) {
      throw wrong(text + " names no source of templates");
    }
    return new SourceAddress(kind.get(), where);
  }

  public SourceAddress {
    switch (kind) {
      case FOLDER -> checkFolder(where);
      case INDEX, DATASTORE -> checkAddress(where);
    }
  }

  /** Of a folder. */
  public Path folder() {
    return Path.of(where);
  }

  /** Of another machine. */
  URI uri() {
    return URI.create(where);
  }

  /** As the operator writes it. */
  @Override
  public String toString() {
    return kind.word() + "=" + where;
  }

  private static void checkFolder(String text) {
    try {
      if (!Path.of(text).isAbsolute()) {
        throw wrong(JsonText.quoted(text) + " is no absolute path");
      }
    } catch (InvalidPathException e) {
      throw wrong(JsonText.quoted(text) + " is no path: " + e.getReason());
    }
  }

  /** The node has no names or passwords for servers. */
  private static void checkAddress(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getRawUserInfo() == null && uri.getRawFragment() == null;
      if (!http || !bare || uri.getHost() == null) {
        throw wrong(JsonText.quoted(text) + " is no address of HTTP");
      }
    } catch (URISyntaxException e) {
      throw wrong(JsonText.quoted(text) + " is no address: " + e.getReason());
    }
  }

  private static ProblemException wrong(String detail) {
    return Problem.of(Code.INVALID_DOCUMENT, detail)
        .next("write folder=/path, index=https://host/catalog.json or datastore=http://host:8081")
        .asException();
  }
}
