package org.universalnode.node.security;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Lines of which each carries the SHA-256 of the one before it. */
final class AuditChain {
  static final String PREVIOUS = "previous";

  /** What the first line of all names, as there is none before it. */
  static final String BEGINNING = "0".repeat(64);

  private static final int MOST_BREAKS = 16;

  private final List<String> breaks = new ArrayList<>();
  private final String wanted;
  private String head = BEGINNING;
  private long lines;
  private boolean oldestSeen;
  private boolean wantedSeen;

  private AuditChain(String wanted) {
    this.wanted = wanted;
  }

  /**
   * Reads what is kept.
   *
   * @param files those that there are, oldest first; what the first line of all names is believed
   */
  static AuditChain read(List<Path> files) throws IOException {
    return read(files, "");
  }

  /** The same, and looks for the line with that hash. */
  static AuditChain read(List<Path> files, String wanted) throws IOException {
    AuditChain chain = new AuditChain(wanted);
    for (Path file : files) {
      chain.readOne(file);
    }
    return chain;
  }

  static String hash(String line) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.ISO_8859_1));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }

  /** Hash of the last line, which the next one carries. */
  String head() {
    return head;
  }

  long lines() {
    return lines;
  }

  /** Whether there is a line with the hash that was looked for. */
  boolean hasWanted() {
    return wantedSeen;
  }

  /** Places where a line isn't the one that was written there; the first few. */
  List<String> breaks() {
    return List.copyOf(breaks);
  }

  private void readOne(Path file) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        take(line, file.getFileName() + ":" + number);
      }
    }
  }

  private void take(String line, String place) {
    String previous = previous(line);
    boolean follows = previous.equals(head) || (!oldestSeen && !previous.isEmpty());
    if (!follows && breaks.size() < MOST_BREAKS) {
      breaks.add(place);
    }
    oldestSeen = true;
    head = hash(line);
    lines++;
    wantedSeen |= head.equals(wanted);
  }

  /** Empty if it names none. */
  private static String previous(String line) {
    try {
      JsonElement json = JsonParser.parseString(line);
      boolean names = json.isJsonObject() && json.getAsJsonObject().has(PREVIOUS);
      return names ? json.getAsJsonObject().get(PREVIOUS).toString().replace("\"", "") : "";
    } catch (JsonParseException e) {
      return "";
    }
  }
}
