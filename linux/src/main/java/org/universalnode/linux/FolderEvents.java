package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Tells what disappears from folders, also from those of cgroups (inotify(7)). */
public final class FolderEvents {
  private static final int IN_MOVED_FROM = 0x40;
  private static final int IN_DELETE = 0x200;
  private static final int IN_DELETE_SELF = 0x400;
  private static final int IN_MOVE_SELF = 0x800;
  private static final int IN_UNMOUNT = 0x2000;
  private static final int IN_Q_OVERFLOW = 0x4000;
  private static final int IN_IGNORED = 0x8000;
  private static final int IN_ONLYDIR = 0x1000000;
  private static final int CHILD_GONE = IN_DELETE | IN_MOVED_FROM;
  private static final int FOLDER_GONE = IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT;
  private static final int CLOEXEC_NONBLOCK = 0x80000 | 0x800;
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int MASK_AT = 4;
  private static final int LENGTH_AT = 12;
  private static final int HEADER_BYTES = 16;

  private final FileDescriptor inotify;
  private final Consumer<Optional<Path>> gone;
  private final Map<Integer, Path> folders = new ConcurrentHashMap<>();
  private final Map<Path, Integer> watches = new ConcurrentHashMap<>();

  private FolderEvents(FileDescriptor inotify, Consumer<Optional<Path>> gone) {
    this.inotify = inotify;
    this.gone = gone;
  }

  /**
   * Begins to tell, for as long as the loop runs.
   *
   * @param gone gets the path of what was deleted or moved away; nothing where that is not known,
   *     because events came too fast
   */
  public static FolderEvents listen(EventLoop loop, Consumer<Optional<Path>> gone) {
    FileDescriptor inotify =
        new FileDescriptor(
            Kernel.call(SystemCall.INOTIFY_INIT1, "folder events", CLOEXEC_NONBLOCK));
    FolderEvents events = new FolderEvents(inotify, gone);
    loop.readable(inotify, events::read);
    return events;
  }

  /**
   * Tells from now on what disappears directly from the folder, and the folder itself; nothing
   * happens if that is done already.
   */
  public void watch(Path folder) {
    try (Arena arena = Arena.ofConfined()) {
      long path = Kernel.string(arena, folder.toString());
      int mask = CHILD_GONE | FOLDER_GONE | IN_ONLYDIR;
      long watch =
          Kernel.call(
              SystemCall.INOTIFY_ADD_WATCH, folder.toString(), inotify.number(), path, mask);
      folders.put((int) watch, folder);
      Integer before = watches.put(folder, (int) watch);
      if (before != null && before != watch) {
        forget(before);
      }
    }
  }

  /**
   * Ends the watch of a folder that was at the same place before. Kernels do not end it themselves
   * where a cgroup was deleted, and allow a user so many.
   */
  private void forget(int watch) {
    folders.remove(watch);
    Kernel.attempt(SystemCall.INOTIFY_RM_WATCH, inotify.number(), watch);
  }

  private void read() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER_BYTES, 8);
      long length =
          Kernel.attempt(SystemCall.READ, inotify.number(), buffer.address(), BUFFER_BYTES);
      for (long at = 0; at < length; ) {
        long named = Integer.toUnsignedLong(buffer.get(ValueLayout.JAVA_INT, at + LENGTH_AT));
        deliver(buffer.asSlice(at, HEADER_BYTES + named));
        at += HEADER_BYTES + named;
      }
    }
  }

  private void deliver(MemorySegment event) {
    int watch = event.get(ValueLayout.JAVA_INT, 0);
    int mask = event.get(ValueLayout.JAVA_INT, MASK_AT);
    if ((mask & IN_Q_OVERFLOW) != 0) {
      gone.accept(Optional.empty());
      return;
    }
    Path folder = folders.get(watch);
    if (folder == null) {
      return;
    }
    if ((mask & CHILD_GONE) != 0) {
      gone.accept(Optional.of(folder.resolve(event.getString(HEADER_BYTES))));
    } else if ((mask & FOLDER_GONE) != 0) {
      gone.accept(Optional.of(folder));
    }
    if ((mask & IN_IGNORED) != 0) {
      folders.remove(watch, folder);
      watches.remove(folder, watch);
    }
  }
}
