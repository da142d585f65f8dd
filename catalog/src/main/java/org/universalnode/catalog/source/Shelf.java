package org.universalnode.catalog.source;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.universalnode.catalog.fetch.Validators;
import org.universalnode.catalog.file.SmallFile;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.ProblemException;

/**
 * What a source gave last, on the disk: a file for each template, named after its digest, and a
 * list of them. It holds nothing but what is on the list.
 */
record Shelf(Path folder) {
  private static final String LIST = "list";
  private static final int LIST_BYTES = 1 << 20;
  private static final JsonLimits LIMITS = new JsonLimits(LIST_BYTES, 4);

  /**
   * What is there. A damaged part counts as absent; then the source is asked for all of it again.
   */
  Holding load() throws IOException {
    try {
      Optional<byte[]> list = SmallFile.read(folder.resolve(LIST), LIST_BYTES);
      return list.isEmpty() ? Holding.NOTHING : holding(text(list.get()));
    } catch (ProblemException e) {
      return Holding.NOTHING;
    }
  }

  /** Puts that there, and nothing else. */
  void save(Holding holding) throws IOException {
    Files.createDirectories(folder);
    JsonArray entries = new JsonArray();
    Set<String> kept = new HashSet<>(Set.of(LIST));
    for (Item item : holding.items()) {
      String digest = item.digest();
      if (kept.add(digest) && !Files.exists(folder.resolve(digest))) {
        SmallFile.writeSoon(folder.resolve(digest), item.bytes());
      }
      JsonObject entry = new JsonObject();
      entry.addProperty("id", item.id());
      entry.addProperty("sha256", digest);
      entries.add(entry);
    }
    JsonObject list = new JsonObject();
    list.addProperty("etag", holding.validators().entityTag());
    list.addProperty("modified", holding.validators().modified());
    list.add("items", entries);
    SmallFile.writeSoon(
        folder.resolve(LIST), JsonText.compact(list).getBytes(StandardCharsets.UTF_8));
    sweep(kept);
  }

  private Holding holding(String text) throws IOException {
    Problems problems = new Problems();
    JsonFields list = JsonFields.of(JsonText.parse(text, LIMITS), "", problems);
    List<JsonFields> entries = list.requiredObjects("items", Holding.MOST_ITEMS);
    List<Item> items = new ArrayList<>();
    for (JsonFields entry : entries) {
      item(entry).ifPresent(items::add);
    }
    problems.throwIfAny();
    Validators validators =
        items.size() == entries.size()
            ? new Validators(list.string("etag"), list.string("modified"))
            : Validators.NONE;
    return new Holding(validators, items, List.of());
  }

  private Optional<Item> item(JsonFields entry) throws IOException {
    String digest = entry.requiredString("sha256");
    if (!digest.matches("[0-9a-f]{64}")) {
      return Optional.empty();
    }
    return SmallFile.read(folder.resolve(digest), Item.MOST_BYTES)
        .map(bytes -> new Item(entry.string("id"), text(bytes)))
        .filter(item -> item.digest().equals(digest));
  }

  private void sweep(Set<String> kept) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path one : all) {
        if (!kept.contains(String.valueOf(one.getFileName()))) {
          Files.deleteIfExists(one);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
