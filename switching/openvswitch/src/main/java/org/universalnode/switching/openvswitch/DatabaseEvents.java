package org.universalnode.switching.openvswitch;

import java.util.concurrent.atomic.AtomicReference;
import org.universalnode.problem.Problem;
import org.universalnode.switching.openvswitch.ovsdb.Listener;
import org.universalnode.switching.openvswitch.ovsdb.Snapshot;

/**
 * Tells somebody that the database can be asked again, and somebody that it says something else.
 */
final class DatabaseEvents implements Listener {
  private final AtomicReference<Runnable> returned = new AtomicReference<>(() -> {});
  private final AtomicReference<Runnable> changed = new AtomicReference<>(() -> {});

  /** Who shall be told of its return from now on; it must be quick. */
  void tellOfReturn(Runnable who) {
    returned.set(who);
  }

  /** Who shall be told of changes from now on; it must be quick. */
  void tellOfChange(Runnable who) {
    changed.set(who);
  }

  @Override
  public void connected(Snapshot snapshot) {
    returned.get().run();
    changed.get().run();
  }

  @Override
  public void changed(Snapshot snapshot) {
    changed.get().run();
  }

  @Override
  public void disconnected(Problem cause) {}
}
