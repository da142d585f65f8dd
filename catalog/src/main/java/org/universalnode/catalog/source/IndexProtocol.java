package org.universalnode.catalog.source;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Our own list: {@code {"catalog": 1, "templates": [{"template": "nat/template.json", "sha256":
 * "..."}]}}. A template whose digest is known is not fetched again. All are on the list's server.
 */
record IndexProtocol(URI address) implements Protocol {
  private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 8);
  private static final int FORM = 1;

  private record Entry(URI uri, String digest) {}

  @Override
  public Holding all(Holding known, Errand errand) {
    try {
      Errand.Answer answer = errand.get(address, known.validators(), LIMITS.characters());
      List<Item> items = new ArrayList<>();
      List<Problem> problems = new ArrayList<>();
      for (Entry entry : entries(answer.text())) {
        try {
          items.add(known.withDigest(entry.digest()).orElseGet(() -> fetch(entry, errand)));
        } catch (Errand.Away e) {
          throw e;
        } catch (ProblemException e) {
          problems.addAll(e.problems());
        }
      }
      return new Holding(answer.validators(), items, problems);
    } catch (Errand.Unchanged _) {
      return known;
    }
  }

  /** There is no other question to ask. */
  @Override
  public Holding forFunction(NetworkFunction function, Holding known, Errand errand) {
    return all(known, errand);
  }

  private static Item fetch(Entry entry, Errand errand) {
    Item item = new Item("", errand.get(entry.uri(), Item.MOST_BYTES).text());
    if (!item.digest().equals(entry.digest())) {
      throw Problem.of(Code.INVALID_DOCUMENT, entry.uri() + " has the digest " + item.digest())
          .next("the list says " + entry.digest() + "; make it anew")
          .asException();
    }
    return item;
  }

  private List<Entry> entries(String text) {
    Problems problems = new Problems();
    JsonFields list = JsonFields.of(JsonText.parse(text, LIMITS), "", problems);
    list.requiredInteger("catalog", FORM, FORM);
    List<Entry> entries =
        list.requiredObjects("templates", Holding.MOST_ITEMS).stream().map(this::entry).toList();
    problems.throwIfAny();
    return entries;
  }

  private Entry entry(JsonFields fields) {
    return new Entry(
        fields.requiredParsed("template", this::resolved).orElse(address),
        fields.requiredParsed("sha256", IndexProtocol::digest).orElse(""));
  }

  private URI resolved(String text) {
    try {
      URI uri = address.resolve(text);
      if (isHere(uri)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw wrong(text + " is no address: " + e.getMessage());
    }
    throw wrong(text + " is not on the server of the list");
  }

  private boolean isHere(URI uri) {
    return Objects.equals(uri.getScheme(), address.getScheme())
        && Objects.equals(uri.getRawAuthority(), address.getRawAuthority());
  }

  private static String digest(String text) {
    if (!text.matches("[0-9a-fA-F]{64}")) {
      throw wrong(JsonText.quoted(text) + " is no SHA-256");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static ProblemException wrong(String detail) {
    return Problem.of(Code.INVALID_DOCUMENT, detail).next("correct the list").asException();
  }
}
