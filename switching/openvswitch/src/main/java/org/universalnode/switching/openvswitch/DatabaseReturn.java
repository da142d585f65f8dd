package org.universalnode.switching.openvswitch;

import java.util.concurrent.atomic.AtomicReference;
import org.universalnode.problem.Problem;
import org.universalnode.switching.openvswitch.ovsdb.Listener;
import org.universalnode.switching.openvswitch.ovsdb.Snapshot;

/** Tells somebody that the database can be asked again. */
final class DatabaseReturn implements Listener {
  private final AtomicReference<Runnable> told = new AtomicReference<>(() -> {});

  /** Who shall be told from now on; it must be quick. */
  void tell(Runnable who) {
    told.set(who);
  }

  @Override
  public void connected(Snapshot snapshot) {
    told.get().run();
  }

  @Override
  public void changed(Snapshot snapshot) {}

  @Override
  public void disconnected(Problem cause) {}
}
