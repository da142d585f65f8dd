package org.universalnode.switching.kit;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.universalnode.switching.SwitchDriver;

/**
 * What every switch driver does. A driver's author extends it, says how the driver is opened and
 * where its ports end, and has JUnit run it.
 */
public abstract class SwitchDriverConformance {

  /** New surroundings for one test. */
  protected abstract Wires wires();

  /** Opens the driver for a node of that name. */
  protected abstract SwitchDriver open(String node);

  /** Fails if the machine has anything of that node, all of whose LSIs were deleted. */
  protected abstract void expectNothingOf(String node);

  /** What may be done to what this driver makes, besides harm to network interfaces. */
  protected List<Harm> harms() {
    return List.of();
  }

  @Nested
  final class LifeCycle extends LifeCycleCases {
    LifeCycle() {
      super(SwitchDriverConformance.this);
    }
  }

  @Nested
  final class Features extends FeatureCases {
    Features() {
      super(SwitchDriverConformance.this);
    }
  }

  @Nested
  final class Forwarding extends ForwardingCases {
    Forwarding() {
      super(SwitchDriverConformance.this);
    }
  }

  @Nested
  final class Changes extends ChangeCases {
    Changes() {
      super(SwitchDriverConformance.this);
    }
  }

  @Nested
  final class Hosts extends HostCases {
    Hosts() {
      super(SwitchDriverConformance.this);
    }
  }

  @Nested
  final class Counters extends CounterCases {
    Counters() {
      super(SwitchDriverConformance.this);
    }
  }

  @Nested
  final class Successors extends SuccessorCases {
    Successors() {
      super(SwitchDriverConformance.this);
    }
  }

  @Nested
  final class Tunnels extends TunnelCases {
    Tunnels() {
      super(SwitchDriverConformance.this);
    }
  }

  @Nested
  final class Drift extends DriftCases {
    Drift() {
      super(SwitchDriverConformance.this);
    }
  }
}
