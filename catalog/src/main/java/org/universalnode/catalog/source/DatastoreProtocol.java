package org.universalnode.catalog.source;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * The published datastore: {@code /v2/nf_template/}, {@code /v2/nf_template/<id>/} and {@code
 * /v2/nf_capability/<capability>/}. Templates come bare, or in an envelope with id and state of
 * their image, or as text in such a one; many of them as an array, in a {@code list}, or by id.
 */
record DatastoreProtocol(URI address) implements Protocol {
  private static final JsonLimits LIMITS = new JsonLimits(4 << 20, 34);
  private static final String TEMPLATE = "template";
  private static final String IN_PROGRESS = "IP";
  private static final String PRESENT = "functional-capability";

  @Override
  public Holding all(Holding known, Errand errand) {
    try {
      Errand.Answer answer =
          errand.get(at("/v2/nf_template/"), known.validators(), LIMITS.characters());
      return new Holding(answer.validators(), many(parsed(answer.text()), ""), List.of());
    } catch (Errand.Unchanged _) {
      return known;
    }
  }

  @Override
  public Holding forFunction(NetworkFunction function, Holding known, Errand errand) {
    try {
      return known.with(items(function, errand));
    } catch (Errand.Absent _) {
      return known;
    }
  }

  /** As the first node did: by id if the graph gives one, else by capability or name. */
  private List<Item> items(NetworkFunction function, Errand errand) {
    if (!function.template().isEmpty()) {
      String id = function.template();
      return many(ask("/v2/nf_template/" + encoded(id) + "/", errand), id);
    }
    String capability =
        function.functionalCapability().isEmpty()
            ? function.name()
            : function.functionalCapability();
    return many(ask("/v2/nf_capability/" + encoded(capability) + "/", errand), "");
  }

  private JsonElement ask(String path, Errand errand) {
    return parsed(errand.get(at(path), LIMITS.characters()).text());
  }

  private URI at(String path) {
    String base = address.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static JsonElement parsed(String text) {
    return JsonText.parse(text, LIMITS);
  }

  /**
   * The templates of an answer.
   *
   * @param id of a lone one that does not say it
   */
  private static List<Item> many(JsonElement answer, String id) {
    List<Item> items = new ArrayList<>();
    switch (answer) {
      case JsonElement list when list.isJsonArray() ->
          list.getAsJsonArray().forEach(one -> items.addAll(one(one, id)));
      case JsonObject object when isTemplate(object) -> items.addAll(one(object, id));
      case JsonObject object when object.has("list") -> items.addAll(many(object.get("list"), id));
      case JsonObject object ->
          object
              .entrySet()
              .forEach(
                  (Map.Entry<String, JsonElement> one) ->
                      items.addAll(one(one.getValue(), one.getKey())));
      default -> throw wrong();
    }
    return items;
  }

  private static boolean isTemplate(JsonObject object) {
    return object.has(PRESENT) || object.has("vnf-type") || object.has(TEMPLATE);
  }

  /** None if its image is still on its way to the datastore. */
  private static List<Item> one(JsonElement element, String id) {
    if (!(element instanceof JsonObject object) || !isTemplate(object)) {
      throw wrong();
    }
    if (!object.has(TEMPLATE)) {
      return List.of(item(id, object));
    }
    if (text(object, "image-upload-status").equals(IN_PROGRESS)) {
      return List.of();
    }
    String own =
        Stream.of("id", "vnf_id")
            .map(key -> text(object, key))
            .filter(one -> !one.isEmpty())
            .findFirst()
            .orElse(id);
    JsonElement inside = object.get(TEMPLATE);
    return List.of(
        item(own, inside instanceof JsonPrimitive ? parsed(inside.getAsString()) : inside));
  }

  private static Item item(String id, JsonElement template) {
    Item item = new Item(id, JsonText.compact(template));
    if (item.bytes().length > Item.MOST_BYTES) {
      throw Problem.of(Code.LIMIT, "a template has " + item.bytes().length + " bytes")
          .next("at most " + Item.MOST_BYTES + " are taken")
          .asException();
    }
    return item;
  }

  private static String text(JsonObject object, String key) {
    return object.get(key) instanceof JsonPrimitive value ? value.getAsString() : "";
  }

  private static ProblemException wrong() {
    return Problem.of(Code.INVALID_DOCUMENT, "the answer is no list of templates")
        .next("see that a datastore of templates is at the address")
        .asException();
  }
}
