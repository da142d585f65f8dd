package org.universalnode.switching.openvswitch.openflow;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.universalnode.problem.Problem;

/** Tells the listener about one datapath, on a thread of its own. */
final class Events {
  private static final System.Logger LOG = System.getLogger(Events.class.getName());
  private static final int MOST = 1024;

  private final DatapathListener listener;
  private final Datapath datapath;
  private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>(MOST);
  private final CountDownLatch over = new CountDownLatch(1);
  private boolean dropping;

  private sealed interface Event {
    record Received(Message message) implements Event {}

    record Gone(Problem why) implements Event {}
  }

  /** Tells that it is connected when everything about {@code before} has been told. */
  static Events start(DatapathListener listener, Datapath datapath, Optional<Events> before) {
    Events events = new Events(listener, datapath);
    Thread.ofVirtual().name("openflow events").start(() -> events.run(before));
    return events;
  }

  private Events(DatapathListener listener, Datapath datapath) {
    this.listener = listener;
    this.datapath = datapath;
  }

  void received(Message message) {
    boolean dropped = !queue.offer(new Event.Received(message));
    if (dropped && !dropping) {
      LOG.log(System.Logger.Level.WARNING, "too many messages of " + datapath + ", some dropped");
    }
    dropping = dropped;
  }

  /** The last thing to be told; waits until there is room. */
  void gone(Problem why) throws InterruptedException {
    queue.put(new Event.Gone(why));
  }

  private void run(Optional<Events> before) {
    try {
      if (before.isPresent()) {
        before.get().over.await();
      }
      tell(() -> listener.connected(datapath));
      while (deliver(queue.take())) {}
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over.countDown();
    }
  }

  /** False if it was the last one. */
  private boolean deliver(Event event) {
    switch (event) {
      case Event.Received(Message message) -> tell(() -> listener.received(datapath, message));
      case Event.Gone(Problem why) -> tell(() -> listener.gone(datapath, why));
    }
    return event instanceof Event.Received;
  }

  private static void tell(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a listener of datapaths failed", e);
    }
  }

  CountDownLatch over() {
    return over;
  }
}
