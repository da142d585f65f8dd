package org.universalnode.node.plan;

import java.util.List;
import org.universalnode.compute.InstanceId;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;
import org.universalnode.switching.PortName;

/**
 * One step of a plan. Each can be done again when it was done in part, and the ones that build can
 * be taken back.
 */
public sealed interface Step {

  /** A step that concerns one function. */
  sealed interface OfFunction extends Step {
    PlacedFunction function();
  }

  /** The graph's own LSI comes. */
  record MakeLsi() implements Step {
    @Override
    public String toString() {
      return "make the LSI";
    }
  }

  /** An instance with its ports, not started. */
  record MakeFunction(PlacedFunction function) implements OfFunction {
    @Override
    public String toString() {
      return "make function " + name(function);
    }
  }

  /** Its start handler. */
  record StartFunction(PlacedFunction function) implements OfFunction {
    @Override
    public String toString() {
      return "start function " + name(function);
    }
  }

  /**
   * An instance that runs gets its configuration.
   *
   * @param earlier what it had, where that is known
   */
  record ConfigureFunction(PlacedFunction earlier, PlacedFunction function) implements OfFunction {
    @Override
    public String toString() {
      return "configure function " + name(function);
    }
  }

  /**
   * An instance that runs gets ports that it had not, of which it knows nothing yet.
   *
   * @param function with all ports that it has then
   */
  record PlugPorts(PlacedFunction earlier, PlacedFunction function) implements OfFunction {
    @Override
    public String toString() {
      return "plug ports of function " + name(function);
    }
  }

  /** An instance loses ports that nobody needs any more. */
  record UnplugPorts(PlacedFunction earlier, PlacedFunction function) implements OfFunction {
    @Override
    public String toString() {
      return "unplug ports of function " + name(function);
    }
  }

  /** LSI-0 gets a port. */
  record Plug(PortName.Outer port) implements Step {
    @Override
    public String toString() {
      return "plug " + port;
    }
  }

  /** A virtual link comes. */
  record Connect(PortName.Link link) implements Step {
    @Override
    public String toString() {
      return "make " + link;
    }
  }

  /**
   * DHCP clients that will be others or none end, while rules carry their release: when nearly
   * nothing can fail any more, for the lease is gone by that.
   */
  record LeaveStacks(List<PortName.HostStack> left) implements Step {
    public LeaveStacks {
      left = List.copyOf(left);
    }

    @Override
    public String toString() {
      return "end DHCP clients that are not wanted any more";
    }
  }

  /** All DHCP clients of the graph end, also those that only a change which failed had. */
  record LeaveAllStacks() implements Step {
    @Override
    public String toString() {
      return "end DHCP clients";
    }
  }

  /** Traffic goes the new way, at once in all LSIs: what comes before can be taken back unseen. */
  record SwitchRules() implements Step {
    @Override
    public String toString() {
      return "switch rules";
    }
  }

  /** DHCP clients begin, now that their requests find the way. */
  record EnterStacks() implements Step {
    @Override
    public String toString() {
      return "begin DHCP clients";
    }
  }

  /** While traffic passes, for what a function says to others at its end. */
  record StopFunction(PlacedFunction function) implements OfFunction {
    @Override
    public String toString() {
      return "stop function " + name(function);
    }
  }

  /** No rule of the graph is left in LSI-0. */
  record ClearRules() implements Step {
    @Override
    public String toString() {
      return "clear rules";
    }
  }

  /** An instance and its ports go. */
  record RemoveFunction(PlacedFunction function) implements OfFunction {
    @Override
    public String toString() {
      return "remove function " + name(function);
    }
  }

  /** A virtual link goes. */
  record Disconnect(PortName.Link link) implements Step {
    @Override
    public String toString() {
      return "remove " + link;
    }
  }

  /** LSI-0 loses a port, if no other graph uses it. */
  record Unplug(PortName.Outer port) implements Step {
    @Override
    public String toString() {
      return "unplug " + port;
    }
  }

  /** The graph's own LSI goes with all that is left in it. */
  record RemoveLsi() implements Step {
    @Override
    public String toString() {
      return "remove the LSI";
    }
  }

  private static String name(PlacedFunction function) {
    InstanceId id = function.spec().id();
    return id.function() + (id.incarnation() == 0 ? "" : "#" + id.incarnation());
  }
}
