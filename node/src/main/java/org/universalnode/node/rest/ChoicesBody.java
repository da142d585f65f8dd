package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.universalnode.node.choice.Choices;

/** Why functions have their implementations, as JSON. */
final class ChoicesBody {
  private ChoicesBody() {}

  static JsonObject of(Choices choices) {
    JsonObject json = new JsonObject();
    json.addProperty("cost", choices.cost());
    json.addProperty("proven", choices.proven());
    JsonArray cores = new JsonArray();
    choices.cores().forEach(cores::add);
    json.add("cores", cores);
    JsonArray functions = new JsonArray();
    choices.functions().forEach(choice -> functions.add(function(choice)));
    json.add("functions", functions);
    return json;
  }

  private static JsonObject function(Choices.Choice choice) {
    JsonObject json = new JsonObject();
    json.addProperty("id", choice.function());
    json.addProperty("chosen", choice.chosen());
    JsonArray candidates = new JsonArray();
    choice.options().forEach(option -> candidates.add(candidate(option)));
    json.add("candidates", candidates);
    return json;
  }

  private static JsonObject candidate(Choices.Option option) {
    JsonObject json = new JsonObject();
    json.addProperty("template", option.template());
    json.addProperty("vnf-type", option.type());
    option
        .price()
        .ifPresent(
            price -> {
              json.addProperty("cost", price.total());
              JsonObject parts = new JsonObject();
              price.parts().forEach(parts::addProperty);
              json.add("parts", parts);
            });
    if (option.price().isEmpty()) {
      json.addProperty("refused", option.refusal());
    }
    return json;
  }
}
