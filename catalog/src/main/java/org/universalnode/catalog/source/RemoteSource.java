package org.universalnode.catalog.source;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.Offer;
import org.universalnode.catalog.TemplateSource;
import org.universalnode.catalog.TemplateWriters;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Templates of one other machine. While it is away, they are those that it gave last, in whatever
 * life of this process. All work is done by one thread of its own.
 */
public final class RemoteSource implements TemplateSource, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RemoteSource.class.getName());
  private static final int REMEMBERED = 256;

  private final SourceAddress address;
  private final Protocol protocol;
  private final Restraint restraint;
  private final Shelf shelf;
  private final Pace pace;
  private final Map<String, Long> asked = new ConcurrentHashMap<>();
  private final ScheduledExecutorService worker;
  private Holding holding;
  private volatile Offer offer;
  private volatile List<Problem> away = List.of();

  private RemoteSource(SourceAddress address, TemplateWriters writers, Shelf shelf, Pace pace) {
    this.address = address;
    this.protocol = protocol(address);
    this.restraint = new Restraint(writers);
    this.shelf = shelf;
    this.pace = pace;
    this.holding = load();
    this.offer = read(holding);
    this.worker =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("templates of " + address.uri().getHost()).factory());
  }

  /**
   * Offers what was there last, and begins to ask for news.
   *
   * @param folder for what it gave; not of other sources
   * @param pause between two times that it is asked for all
   */
  public static RemoteSource open(
      SourceAddress address, TemplateWriters writers, Path folder, Duration pause) {
    return open(address, writers, folder, Pace.every(pause));
  }

  static RemoteSource open(SourceAddress address, TemplateWriters writers, Path folder, Pace pace) {
    RemoteSource source = new RemoteSource(address, writers, new Shelf(folder), pace);
    var _ =
        source.worker.scheduleWithFixedDelay(
            source::refresh, 0, pace.pause().toMillis(), TimeUnit.MILLISECONDS);
    return source;
  }

  private static Protocol protocol(SourceAddress address) {
    return switch (address.kind()) {
      case INDEX -> new IndexProtocol(address.uri());
      case DATASTORE -> new DatastoreProtocol(address.uri());
      case FOLDER -> throw new IllegalArgumentException(address + " is no other machine");
    };
  }

  @Override
  public Offer offer() {
    Offer now = offer;
    List<Problem> problems = new ArrayList<>(away);
    problems.addAll(now.problems());
    return new Offer(now.templates(), now.ids(), problems);
  }

  /** The same is not asked for again for a while. */
  @Override
  public CompletableFuture<Void> ask(NetworkFunction function) {
    String key =
        function.template() + "\n" + function.functionalCapability() + "\n" + function.name();
    long now = System.nanoTime();
    asked.values().removeIf(then -> now - then > pace.again().toNanos());
    if (asked.size() >= REMEMBERED || asked.putIfAbsent(key, now) != null) {
      return CompletableFuture.completedFuture(null);
    }
    try {
      return CompletableFuture.runAsync(
          () ->
              renew(
                  (known, errand) -> protocol.forFunction(function, known, errand),
                  pace.function()),
          worker);
    } catch (RejectedExecutionException _) {
      return CompletableFuture.completedFuture(null); // it is being closed
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  private void refresh() {
    renew(protocol::all, pace.whole());
  }

  /** By the worker alone. */
  private void renew(BiFunction<Holding, Errand, Holding> work, Duration time) {
    try {
      Holding fresh = work.apply(holding, Errand.within(time));
      if (!fresh.equals(holding)) {
        holding = fresh;
        offer = read(fresh);
        shelf.save(fresh);
      }
      tell(List.of());
    } catch (ProblemException e) {
      tell(e.problems());
    } catch (IOException e) {
      tell(List.of(Problem.of(Code.KERNEL, "what it gave can't be kept: " + e.getMessage())));
    } catch (RuntimeException e) {
      tell(List.of(Problem.of(e)));
    }
  }

  private void tell(List<Problem> problems) {
    List<Problem> now =
        problems.stream().limit(1).map(problem -> problem.during(address.toString())).toList();
    if (!now.equals(away)) {
      away = now;
      now.forEach(problem -> LOG.log(System.Logger.Level.WARNING, "catalog: {0}", problem));
    }
  }

  private Holding load() {
    try {
      return shelf.load();
    } catch (IOException e) {
      tell(List.of(Problem.of(Code.KERNEL, "what it gave can't be read: " + e.getMessage())));
      return Holding.NOTHING;
    }
  }

  private Offer read(Holding held) {
    Map<String, FunctionTemplate> byName = new HashMap<>();
    Map<String, FunctionTemplate> ids = new HashMap<>();
    List<Problem> problems = new ArrayList<>(held.problems());
    for (Item item : held.items()) {
      try {
        FunctionTemplate template = restraint.read(item.text());
        Optional.of(item.id()).filter(id -> !id.isEmpty()).ifPresent(id -> ids.put(id, template));
        byName.putIfAbsent(identity(template), template);
      } catch (ProblemException e) {
        String place = item.id().isEmpty() ? item.digest() : item.id();
        problems.add(e.first().during(address + " " + place));
      }
    }
    return new Offer(List.copyOf(byName.values()), ids, problems).inOrder();
  }

  /** A datastore has functions of one name that are implemented otherwise. */
  private static String identity(FunctionTemplate template) {
    return template.name() + "\n" + template.version() + "\n" + template.type();
  }
}
