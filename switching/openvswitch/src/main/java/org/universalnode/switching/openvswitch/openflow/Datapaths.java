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
  private final Map<Long, Datapath> present = new HashMap<>();

  /** Who tells of them, also of those that are gone and of which not all has been told. */
  private final Map<Long, Events> events = new HashMap<>();

  private final DatapathListener listener;

  Datapaths(DatapathListener listener) {
    this.listener = listener;
  }

  Events add(Datapath datapath) {
    lock.lock();
    try {
      long id = datapath.id();
      Optional.ofNullable(present.put(id, datapath)).ifPresent(Datapath::replaced);
      Events next = Events.start(listener, datapath, Optional.ofNullable(events.get(id)));
      events.put(id, next);
      added.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Its connection has ended; another one of the same datapath stays. */
  void remove(Datapath datapath) {
    lock.lock();
    try {
      present.remove(datapath.id(), datapath);
    } finally {
      lock.unlock();
    }
  }

  /** All has been told. */
  void forget(long id, Events told) {
    lock.lock();
    try {
      events.remove(id, told);
    } finally {
      lock.unlock();
    }
  }

  Optional<Datapath> get(long id) {
    lock.lock();
    try {
      return Optional.ofNullable(present.get(id));
    } finally {
      lock.unlock();
    }
  }

  List<Events> events() {
    lock.lock();
    try {
      return List.copyOf(events.values());
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
