package org.universalnode.switching.openvswitch.openflow;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The datapaths that are connected, each once: a new connection takes the place of the older. */
final class Datapaths {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final Map<Long, Present> present = new HashMap<>();
  private final DatapathListener listener;

  /** A datapath, and what tells about it. */
  record Present(Datapath datapath, Events events) {}

  Datapaths(DatapathListener listener) {
    this.listener = listener;
  }

  Events add(Datapath datapath) {
    lock.lock();
    try {
      Optional<Present> older = Optional.ofNullable(present.get(datapath.id()));
      older.ifPresent(gone -> gone.datapath().replaced());
      Events events = Events.start(listener, datapath, older.map(Present::events));
      present.put(datapath.id(), new Present(datapath, events));
      added.signalAll();
      return events;
    } finally {
      lock.unlock();
    }
  }

  /** Its connection has ended; another one of the same datapath stays. */
  void remove(Datapath datapath) {
    lock.lock();
    try {
      present.values().removeIf(each -> each.datapath() == datapath);
    } finally {
      lock.unlock();
    }
  }

  Optional<Datapath> get(long id) {
    lock.lock();
    try {
      return Optional.ofNullable(present.get(id)).map(Present::datapath);
    } finally {
      lock.unlock();
    }
  }

  List<Present> all() {
    lock.lock();
    try {
      return List.copyOf(present.values());
    } finally {
      lock.unlock();
    }
  }

  Optional<Datapath> await(long id, Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (!present.containsKey(id) && left > 0) {
        left = added.awaitNanos(left);
      }
      return get(id);
    } finally {
      lock.unlock();
    }
  }
}
