package org.universalnode.nffg.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Map;

/** Writes a tree as it stands, null members included. */
final class TreeWriter {
  private TreeWriter() {}

  static void write(JsonElement element, JsonWriter writer) throws IOException {
    switch (element) {
      case JsonObject object -> writeObject(object, writer);
      case JsonArray array -> writeArray(array, writer);
      case JsonPrimitive primitive -> writePrimitive(primitive, writer);
      default -> writer.nullValue();
    }
  }

  private static void writeObject(JsonObject object, JsonWriter writer) throws IOException {
    writer.beginObject();
    for (Map.Entry<String, JsonElement> member : object.entrySet()) {
      writer.name(member.getKey());
      write(member.getValue(), writer);
    }
    writer.endObject();
  }

  private static void writeArray(JsonArray array, JsonWriter writer) throws IOException {
    writer.beginArray();
    for (JsonElement item : array) {
      write(item, writer);
    }
    writer.endArray();
  }

  private static void writePrimitive(JsonPrimitive primitive, JsonWriter writer)
      throws IOException {
    if (primitive.isNumber()) {
      writer.value(primitive.getAsNumber());
    } else if (primitive.isBoolean()) {
      writer.value(primitive.getAsBoolean());
    } else {
      writer.value(primitive.getAsString());
    }
  }
}
