package org.universalnode.switching;

import java.util.List;
import java.util.Map;
import org.universalnode.nffg.MatchFields;

/** A rule of an LSI in terms of port names; see {@link SwitchRule}. */
public record SteeringRule(
    String id, int priority, PortName in, MatchFields match, List<PortName> outputs) {

  public SteeringRule {
    outputs = List.copyOf(outputs);
  }

  /** This rule with the numbers that the driver gave the ports; all outputs must have one. */
  public SwitchRule resolved(Map<PortName, LsiPort> ports) {
    List<Integer> numbers =
        outputs.stream()
            .map(
                output -> {
                  LsiPort port = ports.get(output);
                  if (port == null) {
                    throw new IllegalStateException("no port for " + output);
                  }
                  return port.number();
                })
            .toList();
    return new SwitchRule(id, priority, match, numbers);
  }
}
