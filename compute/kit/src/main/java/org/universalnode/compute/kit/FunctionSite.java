package org.universalnode.compute.kit;

import java.time.Duration;
import java.util.Optional;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.ImageSource;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.nffg.PortLabel;

/** Where a driver under test works, and what others may do to its instances there. */
public interface FunctionSite extends AutoCloseable {
  /** The driver; another one of the same node each time, as after a restart. */
  FunctionDriver open();

  /**
   * An instance with a port, which has at least one process when it is started, says {@link
   * #greeting} then, and answers at its port.
   */
  FunctionSpec spec(String configuration);

  /** The same instance, whose port has that label instead. */
  FunctionSpec labelled(PortLabel port);

  /** What is needed to try one more port; empty if the driver plugs none. */
  default Optional<SecondPort> second() {
    return Optional.empty();
  }

  /** A port that the instance may have besides its first one. */
  interface SecondPort {
    /** The instance with both ports. */
    FunctionSpec spec(String configuration);

    /** Whether it answers there; takes a second at most. */
    boolean answers();

    /** Removes it, as a switch does. */
    void unplug();
  }

  /** What every instance prints when it is started. */
  String greeting();

  /** Something that can't be installed. */
  ImageSource notAnImage();

  /** Makes those ports that are missing, as a switch does. */
  void plug(Instance instance);

  /** Whether the instance answers what is sent to its port now; takes a second at most. */
  boolean answers(InstanceId id);

  /** Ends a process of which the instance consists. */
  void disturb(InstanceId id);

  /** Takes away what the instance stands on. */
  void vanish(InstanceId id);

  /** The service without which the driver can do nothing; empty if it needs none. */
  Optional<Engine> engine();

  /** What the driver works with. */
  interface Engine {
    /** Kills it. */
    void end();

    /** Starts it again; returns when it answers. */
    void begin();
  }

  /** How long anything may take there. */
  Duration patience();

  /** Deletes all instances, closes the drivers, and fails if anything is left. */
  @Override
  void close();
}
