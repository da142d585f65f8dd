package org.universalnode.node.deploy;

import java.time.Duration;

/** Does things later, and says what time it is. */
public interface Clockwork extends AutoCloseable {

  /** Nanoseconds since some moment; they go on whatever somebody does to the machine's clock. */
  long now();

  /** Does some work, unless it is closed before; what the work throws is logged. */
  void after(Duration delay, Runnable work);

  /** Work that is under way ends first; no other begins. */
  @Override
  void close();
}
