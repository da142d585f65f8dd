package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** A pinned BPF map. Keys and values are plain bytes in the machine's order. */
public final class BpfMap implements AutoCloseable {

  /** Sizes of a key and of a value, in bytes; they must be those of the map. */
  public record Shape(int keyBytes, int valueBytes) {}

  private static final int INFO_BYTES = 16;

  /** More than a bucket of a hash map has, which is read as a whole. */
  private static final int BATCH = 1024;

  /** BPF_ANY. */
  private static final long ANY = 0;

  /** BPF_F_LOCK. */
  private static final long LOCK = 4;

  /** Types of maps that have a value for each processor. */
  private static final Set<Integer> OF_EACH_PROCESSOR = Set.of(5, 6, 10);

  private final String name;
  private final Shape shape;
  private final FileDescriptor descriptor;

  private BpfMap(String name, Shape shape, FileDescriptor descriptor) {
    this.name = name;
    this.shape = shape;
    this.descriptor = descriptor;
  }

  public static BpfMap pinned(Path path, Shape shape) {
    return new BpfMap(path.getFileName().toString(), shape, Bpf.pinned(path));
  }

  /** A map of whatever shape it has. */
  public static BpfMap pinned(Path path) {
    FileDescriptor descriptor = Bpf.pinned(path);
    return new BpfMap(path.getFileName().toString(), shape(descriptor), descriptor);
  }

  /** How many values a map with one for each processor has; each is a multiple of 8 bytes. */
  public static int possibleProcessors() {
    try {
      String ranges = Files.readString(Path.of("/sys/devices/system/cpu/possible")).strip();
      int last = Math.max(ranges.lastIndexOf('-'), ranges.lastIndexOf(','));
      return Integer.parseInt(ranges.substring(last + 1)) + 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An empty buffer for a key, to be filled from its start. */
  public ByteBuffer key() {
    return ByteBuffer.allocate(shape.keyBytes()).order(ByteOrder.nativeOrder());
  }

  /** An empty buffer for a value, to be filled from its start. */
  public ByteBuffer value() {
    return ByteBuffer.allocate(shape.valueBytes()).order(ByteOrder.nativeOrder());
  }

  /**
   * Writes an entry, unless it is there already. The kernel may use the memory of a replaced entry
   * again while a program still reads it, so that nothing is replaced without need.
   */
  public void put(ByteBuffer key, ByteBuffer value) {
    if (get(key).equals(Optional.of(value.duplicate().clear()))) {
      return;
    }
    write(key, value, ANY);
  }

  /**
   * Writes an entry, byte after byte where it stands if it is there already, so that programs see
   * its new bytes one by one and each other byte as it was. The value has a spin lock.
   */
  public void putInPlace(ByteBuffer key, ByteBuffer value) {
    write(key, value, LOCK);
  }

  private void write(ByteBuffer key, ByteBuffer value, long flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = element(arena, key);
      attributes.set(ValueLayout.JAVA_LONG, 16, copied(arena, value).address());
      attributes.set(ValueLayout.JAVA_LONG, 24, flags);
      Bpf.call(Bpf.MAP_UPDATE_ELEM, "write map " + name, attributes);
    }
  }

  public Optional<ByteBuffer> get(ByteBuffer key) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = arena.allocate(shape.valueBytes(), 8);
      MemorySegment attributes = element(arena, key);
      attributes.set(ValueLayout.JAVA_LONG, 16, found.address());
      long result = Bpf.attempt(Bpf.MAP_LOOKUP_ELEM, attributes);
      return present(result, "read map ") ? Optional.of(buffer(found)) : Optional.empty();
    }
  }

  /** Removes an entry; absent is fine. */
  public void remove(ByteBuffer key) {
    try (Arena arena = Arena.ofConfined()) {
      present(Bpf.attempt(Bpf.MAP_DELETE_ELEM, element(arena, key)), "delete from map ");
    }
  }

  /** All keys, as they are while it is read; others may change the map meanwhile. */
  public List<ByteBuffer> keys() {
    List<ByteBuffer> keys = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment current = arena.allocate(shape.keyBytes(), 8);
      MemorySegment next = arena.allocate(shape.keyBytes(), 8);
      MemorySegment attributes = Bpf.attributes(arena);
      attributes.set(ValueLayout.JAVA_INT, 0, descriptor.number());
      attributes.set(ValueLayout.JAVA_LONG, 16, next.address());
      while (present(Bpf.attempt(Bpf.MAP_GET_NEXT_KEY, attributes), "list map ")) {
        keys.add(buffer(next));
        current.copyFrom(next);
        attributes.set(ValueLayout.JAVA_LONG, 8, current.address());
      }
    }
    return keys;
  }

  /**
   * Tells all entries, many with one call, as they are while it is read. Not of a map that has
   * values for each processor.
   *
   * @param listener gets key and value, which are used again for the next ones
   */
  public void forEach(BiConsumer<ByteBuffer, ByteBuffer> listener) {
    try (Arena arena = Arena.ofConfined()) {
      new Batches(arena).forEach(listener);
    }
  }

  /** Reads of {@value #BATCH} entries each (BPF_MAP_LOOKUP_BATCH). */
  private final class Batches {
    private final MemorySegment from;
    private final MemorySegment to;
    private final MemorySegment keys;
    private final MemorySegment values;
    private final MemorySegment attributes;

    private Batches(Arena arena) {
      int place = Math.max(shape.keyBytes(), Integer.BYTES);
      from = arena.allocate(place, 8);
      to = arena.allocate(place, 8);
      keys = arena.allocate((long) BATCH * shape.keyBytes(), 8);
      values = arena.allocate((long) BATCH * shape.valueBytes(), 8);
      attributes = Bpf.attributes(arena);
      attributes.set(ValueLayout.JAVA_LONG, 8, to.address());
      attributes.set(ValueLayout.JAVA_LONG, 16, keys.address());
      attributes.set(ValueLayout.JAVA_LONG, 24, values.address());
      attributes.set(ValueLayout.JAVA_INT, 36, descriptor.number());
    }

    private void forEach(BiConsumer<ByteBuffer, ByteBuffer> listener) {
      boolean more = true;
      while (more) {
        attributes.set(ValueLayout.JAVA_INT, 32, BATCH);
        more = present(Bpf.attempt(Bpf.MAP_LOOKUP_BATCH, attributes), "read all of map ");
        int count = attributes.get(ValueLayout.JAVA_INT, 32);
        for (int i = 0; i < count; i++) {
          listener.accept(entry(keys, i, shape.keyBytes()), entry(values, i, shape.valueBytes()));
        }
        from.copyFrom(to);
        attributes.set(ValueLayout.JAVA_LONG, 0, from.address());
      }
    }

    private static ByteBuffer entry(MemorySegment of, int number, int bytes) {
      MemorySegment entry = of.asSlice((long) number * bytes, bytes);
      return entry.asByteBuffer().order(ByteOrder.nativeOrder());
    }
  }

  /**
   * Has it pinned there, in place of whatever is there.
   *
   * @return whether it was not
   */
  public boolean repin(Path path) {
    return Bpf.repin(descriptor, path);
  }

  @Override
  public void close() {
    descriptor.close();
  }

  /** From struct bpf_map_info. */
  private static Shape shape(FileDescriptor map) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = Bpf.info(arena, map, INFO_BYTES);
      int type = info.get(ValueLayout.JAVA_INT, 0);
      int valueBytes = info.get(ValueLayout.JAVA_INT, 12);
      boolean each = OF_EACH_PROCESSOR.contains(type);
      int values = each ? (valueBytes + 7) / 8 * 8 * possibleProcessors() : valueBytes;
      return new Shape(info.get(ValueLayout.JAVA_INT, 8), values);
    }
  }

  private boolean present(long result, String attempt) {
    if (result < 0 && Errno.of((int) -result) != Errno.ENOENT) {
      throw new KernelException("bpf " + attempt + name, (int) -result);
    }
    return result >= 0;
  }

  private MemorySegment element(Arena arena, ByteBuffer key) {
    MemorySegment attributes = Bpf.attributes(arena);
    attributes.set(ValueLayout.JAVA_INT, 0, descriptor.number());
    attributes.set(ValueLayout.JAVA_LONG, 8, copied(arena, key).address());
    return attributes;
  }

  private static MemorySegment copied(Arena arena, ByteBuffer bytes) {
    MemorySegment whole = MemorySegment.ofBuffer(bytes.duplicate().clear());
    return arena.allocate(bytes.capacity(), 8).copyFrom(whole);
  }

  private static ByteBuffer buffer(MemorySegment segment) {
    return ByteBuffer.wrap(segment.toArray(ValueLayout.JAVA_BYTE)).order(ByteOrder.nativeOrder());
  }
}
