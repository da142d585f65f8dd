package org.universalnode.node.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionDriverProvider;
import org.universalnode.node.hoststack.DhcpClients;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchDriverProvider;

/**
 * The drivers of a node: one switch, a function driver for each implementation type that works on
 * this machine, and the DHCP clients of the machine's own stack.
 */
public final class Drivers implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Drivers.class.getName());

  private final SwitchDriver switching;
  private final Map<String, FunctionDriver> functions;
  private final DhcpClients dhcp;

  public Drivers(SwitchDriver switching, List<FunctionDriver> functions, DhcpClients dhcp) {
    this.switching = switching;
    this.dhcp = dhcp;
    this.functions = new TreeMap<>();
    functions.forEach(driver -> this.functions.put(driver.type(), driver));
  }

  /**
   * Opens all installed drivers that work here. What another switch driver made for this node
   * before goes, so that no two of them carry the same frames.
   *
   * @param switchName the switch driver to take, or {@code auto} for the most preferred that works
   */
  public static Drivers open(String node, Path state, String switchName) {
    SwitchDriver switching = openSwitch(node, switchName);
    try {
      clearOthers(node, switching.name());
    } catch (RuntimeException e) {
      switching.close();
      throw e;
    }
    List<FunctionDriver> functions = new ArrayList<>();
    for (FunctionDriverProvider provider : FunctionDriverProvider.installed()) {
      switch (provider.open(node, state)) {
        case Result.Done<FunctionDriver>(FunctionDriver driver) -> functions.add(driver);
        case Result.Failed<FunctionDriver>(Problem problem) ->
            LOG.log(System.Logger.Level.WARNING, "no {0} functions: {1}", provider.type(), problem);
      }
    }
    return new Drivers(switching, functions, DhcpClients.open(node, state));
  }

  public SwitchDriver switching() {
    return switching;
  }

  public DhcpClients dhcp() {
    return dhcp;
  }

  /** Types of the functions that can run here. */
  public List<String> types() {
    return List.copyOf(functions.keySet());
  }

  public List<FunctionDriver> functions() {
    return List.copyOf(functions.values());
  }

  public FunctionDriver of(String type) {
    FunctionDriver driver = functions.get(type);
    if (driver == null) {
      throw Problem.of(Problem.Code.UNSUPPORTED, "this node runs no " + type + " functions")
          .next("it runs " + String.join(", ", functions.keySet()))
          .asException();
    }
    return driver;
  }

  /** Whether functions of that type, which this node runs, can be given other ports. */
  boolean plugPorts(String type) {
    return of(type).plugsPorts();
  }

  /** The one of a function. */
  FunctionDriver of(PlacedFunction function) {
    return of(function.placement().type());
  }

  @Override
  public void close() {
    dhcp.close();
    functions.values().forEach(FunctionDriver::close);
    switching.close();
  }

  private static void clearOthers(String node, String used) {
    for (SwitchDriverProvider provider : SwitchDriverProvider.installed()) {
      if (!provider.name().equals(used)
          && provider.clear(node) instanceof Result.Failed<Nothing>(Problem problem)) {
        throw Problem.of(
                Problem.Code.CONFLICT,
                "%s still carries frames for this node, and can't be told to stop: %s"
                    .formatted(provider.name(), problem.detail()))
            .next("say --switch " + provider.name() + ", or mend what is missing")
            .asException();
      }
    }
  }

  private static SwitchDriver openSwitch(String node, String wanted) {
    List<String> refusals = new ArrayList<>();
    for (SwitchDriverProvider provider : SwitchDriverProvider.installed()) {
      if (!wanted.equals("auto") && !wanted.equals(provider.name())) {
        continue;
      }
      switch (provider.open(node)) {
        case Result.Done<SwitchDriver>(SwitchDriver driver) -> {
          refusals.forEach(
              why -> LOG.log(System.Logger.Level.WARNING, "{0}; taking {1}", why, driver.name()));
          return driver;
        }
        case Result.Failed<SwitchDriver>(Problem problem) ->
            refusals.add(provider.name() + ": " + problem);
      }
    }
    String reasons = refusals.isEmpty() ? "none is called so" : String.join("; ", refusals);
    throw Problem.of(
            Problem.Code.UNSUPPORTED, "no switch driver \"" + wanted + "\" works here: " + reasons)
        .next("say --switch auto, or mend what is missing")
        .asException();
  }
}
