package org.universalnode.bench.life;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.StreamSupport;
import org.universalnode.linux.NetworkNamespace;

/**
 * What tells one life of a function from the next.
 *
 * @param inode of its namespace, which no other has while it is there
 */
record RunningFunction(String namespace, long inode, List<Integer> processes) {

  /** Those of a graph, by its status. */
  static List<RunningFunction> of(JsonObject status) {
    return each(status, "functions").stream()
        .map(JsonElement::getAsJsonObject)
        .map(
            function ->
                new RunningFunction(
                    function.get("namespace").getAsString(),
                    inode(function.get("namespace").getAsString()),
                    each(function, "processes").stream().map(JsonElement::getAsInt).toList()))
        .toList();
  }

  private static List<JsonElement> each(JsonObject object, String name) {
    return StreamSupport.stream(object.getAsJsonArray(name).spliterator(), false).toList();
  }

  private static long inode(String namespace) {
    try {
      return (long) Files.getAttribute(NetworkNamespace.FOLDER.resolve(namespace), "unix:ino");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
