package org.universalnode.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.universalnode.problem.ProblemException;

/** Reads server-sent events (WHATWG HTML, section 9.2), as a node writes them. */
final class EventSource implements AutoCloseable {
  /** A node says something at least every 15 s. */
  static final int SILENCE_MS = 45_000;

  private static final String ID = "id: ";
  private static final String DATA = "data: ";

  private final BufferedReader reader;
  private volatile long seen;

  EventSource(InputStream body) {
    this.reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /**
   * The next block: an event's data, or nothing but a sign of life.
   *
   * @throws IOException if the connection breaks, or ends
   */
  Optional<JsonObject> next() throws IOException {
    Optional<JsonObject> data = Optional.empty();
    String line = line();
    while (!line.isEmpty()) {
      if (line.startsWith(ID) && line.substring(ID.length()).matches("[0-9]{1,18}")) {
        seen = Long.parseLong(line.substring(ID.length()));
      } else if (line.startsWith(DATA)) {
        data = object(line.substring(DATA.length()));
      }
      line = line();
    }
    return data;
  }

  /** Number of the last event that was read, from whatever graph; empty if none is known. */
  OptionalLong seen() {
    return seen == 0 ? OptionalLong.empty() : OptionalLong.of(seen);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private String line() throws IOException {
    String line = reader.readLine();
    if (line == null) {
      throw new IOException("the node ended the stream");
    }
    return line;
  }

  private static Optional<JsonObject> object(String text) throws IOException {
    try {
      JsonElement data = Json.read(text);
      return data.isJsonObject() ? Optional.of(data.getAsJsonObject()) : Optional.empty();
    } catch (ProblemException e) {
      throw new IOException("an event is no JSON", e);
    }
  }
}
