package org.universalnode.switching.openvswitch.openflow;

/**
 * Messages that become valid together: the bundles of OpenFlow 1.4 (section 7.3.9 there) in 1.3, as
 * ONF extension 230.
 */
public sealed interface Bundle extends Message {
  /** All or nothing. */
  int ATOMIC = 1;

  /** In the order in which they were added. */
  int ORDERED = 2;

  /** What happens to the bundle: each request and its reply. */
  enum Step {
    OPEN(0),
    OPENED(1),
    CLOSE(2),
    CLOSED(3),
    COMMIT(4),
    COMMITTED(5),
    DISCARD(6),
    DISCARDED(7);

    private final int number;

    Step(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  record Control(int bundle, Step step, int flags) implements Bundle {}

  /** The message has the transaction of this one. */
  record Add(int bundle, int flags, Message message) implements Bundle {}
}
