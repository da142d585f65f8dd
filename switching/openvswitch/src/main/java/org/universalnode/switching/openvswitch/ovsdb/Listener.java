package org.universalnode.switching.openvswitch.ovsdb;

import org.universalnode.problem.Problem;

/**
 * Is told what happens, in order, on the one thread that reads the connection: it must be quick and
 * may not ask the database anything.
 */
public interface Listener {
  /** The connection stands, for the first time or again; nothing is known of what was between. */
  void connected(Snapshot snapshot);

  /** A transaction, of whomever, changed what is watched. */
  void changed(Snapshot snapshot);

  /** The connection is gone; another is attempted until the database is closed. */
  void disconnected(Problem cause);

  /** Listens to nothing. */
  Listener NONE =
      new Listener() {
        @Override
        public void connected(Snapshot snapshot) {}

        @Override
        public void changed(Snapshot snapshot) {}

        @Override
        public void disconnected(Problem cause) {}
      };
}
