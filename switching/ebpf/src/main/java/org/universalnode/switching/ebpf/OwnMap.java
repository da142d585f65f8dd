package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.universalnode.linux.BpfMap;

/**
 * A map of the kernel that nobody but the switch should write, and what is in it then. What is
 * asked of it is answered from that, so that nobody else's doing is taken for the switch's.
 */
final class OwnMap implements AutoCloseable {
  private final BpfMap map;

  /** Nothing of an entry that is all zeros, as those of arrays are that nobody wrote. */
  private final Map<ByteBuffer, ByteBuffer> content = new HashMap<>();

  private final boolean array;
  private final ByteBuffer zero;

  private OwnMap(BpfMap map, boolean array) {
    this.map = map;
    this.array = array;
    this.zero = map.value();
    map.forEach((key, value) -> keep(copy(key), copy(value)));
  }

  /** Begins with what is there. */
  static OwnMap hash(BpfMap map) {
    return new OwnMap(map, false);
  }

  /** As the other one, for a map that has a value for every key. */
  static OwnMap array(BpfMap map) {
    return new OwnMap(map, true);
  }

  ByteBuffer key() {
    return map.key();
  }

  ByteBuffer value() {
    return map.value();
  }

  /** Writes an entry, unless the kernel has it already. */
  synchronized void put(ByteBuffer key, ByteBuffer value) {
    map.put(key, value);
    keep(copy(key), copy(value));
  }

  synchronized Optional<ByteBuffer> get(ByteBuffer key) {
    ByteBuffer found = content.get(key.duplicate().clear());
    if (found == null) {
      return array ? Optional.of(map.value()) : Optional.empty();
    }
    return Optional.of(copy(found));
  }

  /** Removes an entry; absent is fine. Not of an array. */
  synchronized void remove(ByteBuffer key) {
    map.remove(key);
    content.remove(key.duplicate().clear());
  }

  synchronized List<ByteBuffer> keys() {
    return content.keySet().stream().map(OwnMap::copy).toList();
  }

  /**
   * Makes the kernel's what it should be.
   *
   * @return keys of the entries that were not
   */
  synchronized Set<ByteBuffer> mend() {
    Set<ByteBuffer> wrong = new HashSet<>(content.keySet());
    map.forEach(
        (key, value) -> {
          ByteBuffer wanted = content.get(key);
          boolean right = wanted == null ? array && isZero(value) : wanted.equals(value);
          if (!right) {
            wrong.add(copy(key));
          } else if (wanted != null) {
            wrong.remove(key);
          }
        });
    wrong.forEach(this::mend);
    return wrong;
  }

  private void mend(ByteBuffer key) {
    ByteBuffer wanted = content.get(key);
    if (wanted != null || array) {
      map.put(key, wanted == null ? map.value() : wanted);
    } else {
      map.remove(key);
    }
  }

  boolean repin(Path path) {
    return map.repin(path);
  }

  private void keep(ByteBuffer key, ByteBuffer value) {
    if (array && isZero(value)) {
      content.remove(key);
    } else {
      content.put(key, value);
    }
  }

  private boolean isZero(ByteBuffer value) {
    return value.duplicate().clear().equals(zero);
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    ByteBuffer copy = ByteBuffer.allocate(bytes.capacity()).order(ByteOrder.nativeOrder());
    return copy.put(bytes.duplicate().clear()).clear();
  }

  @Override
  public void close() {
    map.close();
  }
}
