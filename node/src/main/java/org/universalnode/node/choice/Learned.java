package org.universalnode.node.choice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.file.SmallFile;
import org.universalnode.node.store.Placement;
import org.universalnode.problem.ProblemException;

/**
 * What the node has measured of the functions that it ran, by their templates. It is kept in a file
 * that may be lost: then the node learns anew. Safe for many threads.
 */
public final class Learned implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Learned.class.getName());

  /** Of those that are not measured any more the eldest is forgotten first. */
  static final int MOST_TEMPLATES = 256;

  static final int MOST_BYTES = 1 << 20;

  private final Optional<Path> file;
  private final Map<String, Experience> known = new LinkedHashMap<>();
  private boolean changed;
  private long edition;

  private Learned(Optional<Path> file) {
    this.file = file;
  }

  /** Without a file. */
  public static Learned nothing() {
    return new Learned(Optional.empty());
  }

  /** With what an earlier life of the node wrote into that file, if it did. */
  public static Learned open(Path file) {
    Learned learned = new Learned(Optional.of(file));
    try {
      SmallFile.read(file, MOST_BYTES)
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
          .map(ExperienceText::read)
          .ifPresent(learned.known::putAll);
    } catch (IOException | ProblemException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} is not used, the node learns anew: {1}", file, e);
    }
    return learned;
  }

  /** What installing a template's image gave. */
  public synchronized void installed(FunctionTemplate template, String image) {
    String address = address(template);
    Experience now = known.get(template.name());
    if (now == null || !now.address().equals(address) || !now.image().equals(image)) {
      known.remove(template.name());
      known.put(template.name(), Experience.none(address, image));
      if (known.size() > MOST_TEMPLATES) {
        known.remove(known.keySet().iterator().next());
      }
      changed = true;
      edition++;
    }
  }

  /** How long a function took from nothing until it worked. */
  public void started(Placement placement, Duration took) {
    learn(placement, experience -> experience.started(took));
  }

  /** How much memory an instance has in use. */
  public void used(Placement placement, long bytes) {
    learn(placement, experience -> experience.used(bytes));
  }

  /** Another number each time that something else may be known. */
  public synchronized long edition() {
    return edition;
  }

  /** Writes down what is new, if anything is. */
  public void save() {
    try {
      Optional<String> text = unsaved();
      if (text.isPresent() && file.isPresent()) {
        SmallFile.writeSoon(file.get(), text.get().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "what was learned can''t be kept: {0}", e.toString());
    }
  }

  @Override
  public void close() {
    save();
  }

  boolean wasInstalled(FunctionTemplate template) {
    return of(template).isPresent();
  }

  OptionalLong startMillis(FunctionTemplate template) {
    return rounded(of(template).map(Experience::startMillis));
  }

  OptionalLong memoryMegabytes(FunctionTemplate template) {
    return rounded(of(template).map(Experience::memoryMegabytes));
  }

  OptionalLong memoryMegabytes(Placement placement) {
    return rounded(of(placement).map(Experience::memoryMegabytes));
  }

  private synchronized Optional<String> unsaved() {
    if (!changed) {
      return Optional.empty();
    }
    changed = false;
    return Optional.of(ExperienceText.write(known));
  }

  private synchronized void learn(Placement placement, UnaryOperator<Experience> more) {
    of(placement)
        .ifPresent(
            experience -> {
              known.put(placement.template(), more.apply(experience));
              changed = true;
              edition++;
            });
  }

  private synchronized Optional<Experience> of(FunctionTemplate template) {
    return Optional.ofNullable(known.get(template.name()))
        .filter(experience -> experience.address().equals(address(template)));
  }

  private synchronized Optional<Experience> of(Placement placement) {
    return Optional.ofNullable(known.get(placement.template()))
        .filter(experience -> experience.image().equals(placement.image()));
  }

  /** At least 1: nothing is for nothing. */
  private static OptionalLong rounded(Optional<Double> value) {
    return value
        .filter(known -> known >= 0)
        .map(known -> OptionalLong.of(Math.max(1, (long) Math.ceil(known))))
        .orElse(OptionalLong.empty());
  }

  private static String address(FunctionTemplate template) {
    return template.image().resolved()
        + template.image().sha256().map(digest -> "#" + digest).orElse("");
  }
}
