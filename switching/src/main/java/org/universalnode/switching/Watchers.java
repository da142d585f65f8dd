package org.universalnode.switching;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who watches a switch: what {@link SwitchDriver#watch} gives out, and whoever tells it uses. */
public final class Watchers {
  private static final System.Logger LOG = System.getLogger(Watchers.class.getName());

  private final List<Watcher> all = new CopyOnWriteArrayList<>();

  private final class Watcher implements Watch {
    private final Consumer<LsiId> listener;
    private boolean closed;

    private Watcher(Consumer<LsiId> listener) {
      this.listener = listener;
    }

    private synchronized void tell(LsiId lsi) {
      if (!closed) {
        listener.accept(lsi);
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      all.remove(this);
    }
  }

  /** Tells somebody from now on. */
  public Watch add(Consumer<LsiId> disturbed) {
    Watcher watcher = new Watcher(disturbed);
    all.add(watcher);
    return watcher;
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Tells all of an LSI; one that fails does not keep it from the others. */
  public void disturb(LsiId lsi) {
    for (Watcher watcher : all) {
      try {
        watcher.tell(lsi);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a watcher was not told of " + lsi, e);
      }
    }
  }

  public void disturb(Collection<LsiId> lsis) {
    lsis.forEach(this::disturb);
  }
}
