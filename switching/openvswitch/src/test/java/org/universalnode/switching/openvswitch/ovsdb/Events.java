package org.universalnode.switching.openvswitch.ovsdb;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.universalnode.problem.Problem;

/** Remembers what a listener is told. */
final class Events implements Listener {
  private final List<String> names = new CopyOnWriteArrayList<>();
  private final List<Problem> causes = new CopyOnWriteArrayList<>();

  List<String> names() {
    return List.copyOf(names);
  }

  List<Problem> causes() {
    return List.copyOf(causes);
  }

  @Override
  public void connected(Snapshot snapshot) {
    names.add("connected");
  }

  @Override
  public void changed(Snapshot snapshot) {
    names.add("changed");
  }

  @Override
  public void disconnected(Problem cause) {
    causes.add(cause);
    names.add("disconnected");
  }
}
