package org.universalnode.switching.devices;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.universalnode.linux.DeviceEvent;
import org.universalnode.linux.DeviceEvents;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.Watchers;

/**
 * Has a driver look at links soon after something of them changed, once for many changes, and tells
 * of the LSIs to which it finds harm done. While nobody watches, nobody looks.
 */
public final class DeviceWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DeviceWatch.class.getName());

  /** Much of what is seen is the driver's own doing, which is complete by then. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** Of what happens in other namespaces between two looks. */
  private static final int MOST = 10_000;

  private final Watchers watchers;
  private final Function<Touched, Set<LsiId>> look;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("device watch").daemon().factory());
  private final DeviceEvents events;
  private Touched touched = new Touched();

  /** What has changed since the last look. */
  public static final class Touched {
    private final Set<Integer> links = new HashSet<>();
    private final List<DeviceEvent.FarTouched> farEnds = new ArrayList<>();
    private boolean missed;

    private Touched() {}

    /** Indexes of links. */
    public Set<Integer> links() {
      return links;
    }

    /** Veths in other namespaces. */
    public List<DeviceEvent.FarTouched> farEnds() {
      return farEnds;
    }

    /** Whether anything else may have changed. */
    public boolean missed() {
      return missed;
    }

    private boolean isEmpty() {
      return links.isEmpty() && farEnds.isEmpty() && !missed;
    }

    private void noteFar(DeviceEvent.FarTouched far) {
      if (farEnds.size() < MOST) {
        farEnds.add(far);
      } else {
        missed = true;
      }
    }

    private void note(DeviceEvent event) {
      switch (event) {
        case DeviceEvent.Touched(int link) -> links.add(link);
        case DeviceEvent.FarTouched far -> noteFar(far);
        case DeviceEvent.Missed _ -> missed = true;
      }
    }
  }

  /**
   * Watches the calling thread's namespace until closed.
   *
   * @param look finds the LSIs of which something is not as it should be
   */
  public DeviceWatch(Watchers watchers, Function<Touched, Set<LsiId>> look) {
    this.watchers = watchers;
    this.look = look;
    this.events = DeviceEvents.listen(this::hear);
  }

  /** Returns when nobody looks any more. */
  @Override
  public void close() {
    closing.countDown();
    events.close();
    worker.close();
  }

  private void hear(DeviceEvent event) {
    if (!watchers.isEmpty() && note(event)) {
      worker.execute(this::wake);
    }
  }

  /** Whether it is the first since the last look. */
  private synchronized boolean note(DeviceEvent event) {
    boolean first = touched.isEmpty();
    touched.note(event);
    return first;
  }

  private synchronized Touched take() {
    Touched taken = touched;
    touched = new Touched();
    return taken;
  }

  private void wake() {
    try {
      if (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        watchers.disturb(look.apply(take()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "changes of links were not looked at", e);
    }
  }
}
