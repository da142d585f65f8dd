package org.universalnode.catalog.archive;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * What the folder of unpacked archives holds, how large it is and when it was used. An archive that
 * was handed out lately is not removed: an instance may be about to use it. Safe for many threads.
 */
final class ArchiveCache {
  private static final System.Logger LOG = System.getLogger(ArchiveCache.class.getName());

  /** Much longer than from the hand-out of a folder until the graph with it is stored. */
  private static final Duration HANDED_OUT = Duration.ofMinutes(10);

  private final Path folder;
  private final CacheRoom room;
  private final String sign;
  private final InstantSource clock;
  private final CacheRecords records;
  private final Map<String, Entry> entries = new HashMap<>();

  /** Held by who looks at a folder for the first time, and by who puts one there. */
  private final ReentrantLock changing = new ReentrantLock();

  /**
   * What is known of one archive.
   *
   * @param checked whether its content was looked at since this process runs
   */
  private record Entry(TreeContent content, Instant used, boolean checked) {}

  private ArchiveCache(Path folder, ArchiveStore.Parts parts, InstantSource clock)
      throws IOException {
    this.folder = folder;
    this.room = parts.room();
    this.sign = parts.form().sign();
    this.clock = clock;
    this.records = CacheRecords.open(folder);
  }

  /** Takes stock of a folder. */
  static ArchiveCache open(Path folder, ArchiveStore.Parts parts, InstantSource clock)
      throws IOException {
    ArchiveCache cache = new ArchiveCache(folder, parts, clock);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "[0-9a-f]*")) {
      for (Path one : all) {
        String digest = one.getFileName().toString();
        if (digest.length() == Digests.HEX_DIGITS && Files.isDirectory(one)) {
          cache.takeStock(digest, one);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    cache.records.keep(cache.entries.keySet());
    return cache;
  }

  Path place(String digest) {
    return folder.resolve(digest);
  }

  boolean holds(String digest) {
    synchronized (entries) {
      return entries.containsKey(digest);
    }
  }

  /**
   * The folder of an archive, which counts as used now; empty if it has to be unpacked. At the
   * first time since the process runs everything in it is compared with what was unpacked, later
   * only the sign of its form has to be there. What was changed is removed, so that nobody runs it.
   */
  Optional<Path> find(String digest) throws IOException {
    Path place = place(digest);
    Optional<Entry> known = use(digest);
    if (known.isEmpty() || (known.get().checked() && hasSign(place))) {
      return known.map(_ -> place);
    }
    changing.lock();
    try {
      Optional<Entry> latest = use(digest);
      if (latest.isEmpty() || isWhole(place, latest.get())) {
        return latest.map(_ -> place);
      }
      LOG.log(System.Logger.Level.WARNING, "{0} was changed; it is removed", place);
      remove(digest);
      return Optional.empty();
    } finally {
      changing.unlock();
    }
  }

  /** Takes a finished folder in, for good; older ones make room. */
  Path add(String digest, UnfinishedFolder fresh) throws IOException {
    TreeContent content = TreeContent.of(fresh.path());
    Path place = place(digest);
    changing.lock();
    try {
      makeRoom(digest, content.bytes());
      remove(digest);
      records.save(digest, content, clock.instant());
      fresh.moveDurablyTo(place);
      synchronized (entries) {
        entries.put(digest, new Entry(content, clock.instant(), true));
      }
      return place;
    } finally {
      changing.unlock();
    }
  }

  /** From then on it counts as looked at. */
  private boolean isWhole(Path place, Entry entry) throws IOException {
    boolean same =
        hasSign(place) && (entry.checked() || TreeContent.of(place).equals(entry.content()));
    if (same) {
      String digest = place.getFileName().toString();
      synchronized (entries) {
        entries.computeIfPresent(digest, (_, e) -> new Entry(e.content(), e.used(), true));
      }
    }
    return same;
  }

  private boolean hasSign(Path place) {
    return Files.exists(place.resolve(sign), LinkOption.NOFOLLOW_LINKS);
  }

  private Optional<Entry> use(String digest) throws IOException {
    Instant now = clock.instant();
    synchronized (entries) {
      Optional<Entry> known = Optional.ofNullable(entries.get(digest));
      if (known.isPresent()) {
        Entry entry = known.get();
        records.touch(digest, entry.used(), now);
        entries.put(digest, new Entry(entry.content(), now, entry.checked()));
      }
      return known;
    }
  }

  /** Removes nothing if that would not be enough. */
  private void makeRoom(String digest, long bytes) throws IOException {
    // By name: the same folder may have been called by another path when a graph was stored.
    Set<String> inUse =
        room.inUse().get().stream()
            .flatMap(used -> StreamSupport.stream(used.spliterator(), false))
            .map(Path::toString)
            .collect(Collectors.toUnmodifiableSet());
    if (kept(digest, inUse) + bytes > room.bytes()) {
      throw noRoom();
    }
    while (total(digest) + bytes > room.bytes()) {
      Optional<String> oldest = forgetOldest(inUse);
      if (oldest.isEmpty()) {
        throw noRoom(); // somebody has asked for one meanwhile
      }
      remove(oldest.get());
    }
  }

  private ProblemException noRoom() {
    return Problem.of(Code.LIMIT, "there is no room for it among the unpacked archives")
        .next(
            "the limit is %d bytes, and graphs use, or have just asked for, all that is there;"
                    .formatted(room.bytes())
                + " delete graphs or give the node more with --archive-cache")
        .asException();
  }

  /** Of all but one, which will be another. */
  private long total(String except) {
    return bytes(entry -> !entry.getKey().equals(except));
  }

  /** Of those but one that can't go now. */
  private long kept(String except, Set<String> inUse) {
    Instant since = clock.instant().minus(HANDED_OUT);
    return bytes(entry -> !entry.getKey().equals(except) && !canGo(entry, since, inUse));
  }

  private long bytes(Predicate<Map.Entry<String, Entry>> which) {
    synchronized (entries) {
      return entries.entrySet().stream()
          .filter(which)
          .mapToLong(entry -> entry.getValue().content().bytes())
          .sum();
    }
  }

  private static boolean canGo(Map.Entry<String, Entry> entry, Instant since, Set<String> inUse) {
    return entry.getValue().used().isBefore(since) && !inUse.contains(entry.getKey());
  }

  /** From here on nobody is given the archive that it names. */
  private Optional<String> forgetOldest(Set<String> inUse) {
    Instant since = clock.instant().minus(HANDED_OUT);
    synchronized (entries) {
      Optional<String> oldest =
          entries.entrySet().stream()
              .filter(entry -> canGo(entry, since, inUse))
              .min(Comparator.comparing(entry -> entry.getValue().used()))
              .map(Map.Entry::getKey);
      oldest.ifPresent(entries::remove);
      return oldest;
    }
  }

  /** It leaves its place at once, so that a killed node leaves no half of it there. */
  private void remove(String digest) throws IOException {
    synchronized (entries) {
      entries.remove(digest);
    }
    Path place = place(digest);
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      try (UnfinishedFolder gone = UnfinishedFolder.in(folder)) {
        new UnfinishedFolder(place).moveTo(gone.path().resolve(digest));
      }
    }
    records.remove(digest);
  }

  private void takeStock(String digest, Path place) throws IOException {
    Optional<TreeContent> recorded = records.find(digest);
    if (recorded.isPresent()) {
      entries.put(digest, new Entry(recorded.get(), records.used(digest), false));
    } else {
      LOG.log(System.Logger.Level.WARNING, "nothing says what {0} held; it is removed", place);
      remove(digest);
    }
  }
}
