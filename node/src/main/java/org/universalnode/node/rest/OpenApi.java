package org.universalnode.node.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The description of all operations for programs (OpenAPI 3.1). */
final class OpenApi {
  private OpenApi() {}

  /** Read when it is asked for, which is seldom. */
  static String text() {
    try (InputStream file = OpenApi.class.getResourceAsStream("openapi.json")) {
      if (file == null) {
        throw new IllegalStateException("this node was built without openapi.json");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
