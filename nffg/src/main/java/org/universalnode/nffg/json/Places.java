package org.universalnode.nffg.json;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.universalnode.problem.Place;

/**
 * Where some values of a document begin in its text. The text must be JSON that was read before:
 * nothing is checked here again. Made by walking the whole text once, so only for documents with
 * problems.
 */
final class Places {
  private final String text;
  private final Set<String> wanted = new HashSet<>();
  private final Map<String, Place> found = new HashMap<>();
  private int at;

  private int counted;
  private int line = 1;
  private int column = 1;

  private Places(String text) {
    this.text = text;
  }

  static Places of(Set<String> pointers, String text) {
    Places places = new Places(text);
    pointers.forEach(places::want);
    places.value("");
    return places;
  }

  /** The value, and all around it, should it not exist. */
  private void want(String pointer) {
    for (String rest = pointer; wanted.add(rest) && !rest.isEmpty(); ) {
      rest = around(rest);
    }
  }

  private static String around(String pointer) {
    return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
  }

  /** The place of the value, or of the nearest one around it that exists. */
  Place find(String pointer) {
    String nearest = pointer;
    while (!found.containsKey(nearest) && !nearest.isEmpty()) {
      nearest = around(nearest);
    }
    return found.getOrDefault(nearest, Place.UNKNOWN);
  }

  /** Of the character that is looked at; counts on from where it was asked for last. */
  private Place place() {
    for (; counted < at; counted++) {
      char character = text.charAt(counted);
      if (character == '\n') {
        line++;
        column = 1;
      } else if (!Character.isLowSurrogate(character)) {
        column++;
      }
    }
    return new Place(line, column);
  }

  private void value(String pointer) {
    space();
    if (wanted.contains(pointer)) {
      Place here = place();
      found.putIfAbsent(pointer, here);
    }
    switch (text.charAt(at)) {
      case '{' -> members(pointer);
      case '[' -> items(pointer);
      case '"' -> string();
      default -> word();
    }
  }

  private void members(String pointer) {
    at++;
    for (space(); text.charAt(at) != '}'; space()) {
      String key = JsonPointer.escape(string());
      space();
      at++;
      value(pointer + '/' + key);
      comma();
    }
    at++;
  }

  private void items(String pointer) {
    at++;
    int index = 0;
    for (space(); text.charAt(at) != ']'; space()) {
      value(pointer + '/' + index++);
      comma();
    }
    at++;
  }

  /** The characters between the quotes, escapes undone. */
  private String string() {
    int start = ++at;
    while (text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    String raw = text.substring(start, at++);
    return raw.indexOf('\\') < 0 ? raw : unescaped(raw);
  }

  private static String unescaped(String raw) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < raw.length(); i++) {
      char character = raw.charAt(i);
      if (character != '\\') {
        plain.append(character);
        continue;
      }
      char escape = raw.charAt(++i);
      switch (escape) {
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case 'u' -> {
          plain.append((char) Integer.parseInt(raw.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> plain.append(escape);
      }
    }
    return plain.toString();
  }

  private void word() {
    while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
  }

  private void comma() {
    space();
    if (text.charAt(at) == ',') {
      at++;
    }
  }

  private void space() {
    while (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
