package org.universalnode.node.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.nffg.diff.GraphDiff;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;
import org.universalnode.node.plan.Difference.Updated;
import org.universalnode.node.plan.Tasks.Group;
import org.universalnode.switching.PortName;

/** Decides what has to be done, in which order, and what may be done at the same time. */
public final class Planner {
  private Planner() {}

  /**
   * What turns one graph into the other. New parts come first, functions side by side; then running
   * functions get other configurations, and the rules change; then old parts go. Functions that get
   * and lose ports have all of them meanwhile.
   *
   * @param before what runs now; empty for a new graph
   */
  public static Plan change(Optional<DesiredGraph> before, DesiredGraph after) {
    Difference difference = Difference.between(before, after);
    Tasks build = new Tasks();
    Group lsi = before.isEmpty() ? build.add(new Step.MakeLsi(), Group.NONE) : Group.NONE;
    Group made = makeParts(build, difference, lsi);
    Group ready =
        build.addAll(
            difference.updated().stream()
                .map(u -> new Step.ConfigureFunction(u.earlier(), u.withEarlierPorts()))
                .toList(),
            made);
    Group left = leaveStacks(build, difference, ready);
    Group plugged = build.addInOrder(plugs(difference.ports().added(), true), left);
    build.add(new Step.SwitchRules(), plugged);
    Tasks retire = new Tasks();
    if (after.rules().outerPorts().stream().anyMatch(PortName.HostStack.class::isInstance)) {
      retire.add(new Step.EnterStacks(), Group.NONE);
    }
    retire(retire, difference);
    return new Plan(build.list(), retire.list());
  }

  /**
   * What sees that all of a graph is there as it is to be, whatever of it is there already.
   *
   * @param unknown a graph in whose place it comes, of which nobody knows what runs
   */
  public static Plan whole(Optional<DesiredGraph> unknown, DesiredGraph graph) {
    Tasks build = new Tasks();
    build.add(new Step.SwitchRules(), parts(build, unknown, graph));
    return new Plan(build.list(), List.of());
  }

  /**
   * The same, but for the rules.
   *
   * @param other a version of the graph that may have the traffic: functions keep its ports
   */
  public static Plan parts(Optional<DesiredGraph> other, DesiredGraph graph) {
    Tasks build = new Tasks();
    parts(build, other, graph);
    return new Plan(build.list(), List.of());
  }

  private static Group parts(Tasks build, Optional<DesiredGraph> unknown, DesiredGraph graph) {
    Difference between = Difference.between(unknown, graph);
    Map<String, PlacedFunction> functions = new LinkedHashMap<>(graph.functions());
    between.updated().forEach(u -> functions.put(u.function().id(), u.withEarlierPorts()));
    Group lsi = build.add(new Step.MakeLsi(), Group.NONE);
    Difference all = Difference.between(Optional.empty(), graph).adding(functions.values());
    Group made = makeParts(build, all, lsi);
    Group ready =
        build.addAll(
            functions.values().stream()
                .map(function -> new Step.ConfigureFunction(function, function))
                .toList(),
            made);
    Group left = leaveStacks(build, between, ready);
    return build.addInOrder(plugs(all.ports().added(), true), left);
  }

  /**
   * What removes a graph.
   *
   * @param plugged ports of LSI-0 that it has
   */
  public static Plan removal(DesiredGraph graph, Collection<PortName.Outer> plugged) {
    Collection<PlacedFunction> functions = graph.functions().values();
    Tasks tasks = new Tasks();
    Group left = tasks.add(new Step.LeaveAllStacks(), Group.NONE);
    Group stopped = tasks.addAll(functions.stream().map(Step.StopFunction::new).toList(), left);
    Group cleared = tasks.add(new Step.ClearRules(), stopped);
    Group gone = tasks.addAll(functions.stream().map(Step.RemoveFunction::new).toList(), cleared);
    Group lsi = tasks.add(new Step.RemoveLsi(), gone);
    tasks.addInOrder(plugged.stream().map(Step.Unplug::new).toList(), lsi);
    return new Plan(List.of(), tasks.list());
  }

  /** What removes the parts that one of two graphs has alone. */
  public static Plan removalOfWhatOnly(DesiredGraph one, DesiredGraph other) {
    Tasks retire = new Tasks();
    retire(retire, Difference.between(Optional.of(one), other));
    return new Plan(List.of(), retire.list());
  }

  /**
   * Whether only notes for people differ, or nothing: no function is touched and no rule changes.
   * The documents alone don't tell, for the catalog can offer another implementation by now.
   */
  public static boolean isCosmetic(DesiredGraph before, DesiredGraph after) {
    return GraphDiff.between(before.graph(), after.graph()).isCosmetic()
        && Difference.between(Optional.of(before), after).keepsFunctions();
  }

  private static Group makeParts(Tasks build, Difference difference, Group lsi) {
    List<Group> parts = new ArrayList<>();
    for (PlacedFunction function : difference.added()) {
      Group made = build.add(new Step.MakeFunction(function), lsi);
      parts.add(build.add(new Step.StartFunction(function), made));
    }
    difference.updated().stream()
        .filter(Updated::plugs)
        .map(u -> new Step.PlugPorts(u.earlier(), u.withEarlierPorts()))
        .forEach(plug -> parts.add(build.add(plug, lsi)));
    Group plugged = build.addInOrder(plugs(difference.ports().added(), false), lsi);
    parts.add(
        build.addInOrder(
            difference.links().added().stream().map(Step.Connect::new).toList(), plugged));
    return Group.of(parts.toArray(Group[]::new));
  }

  private static Group leaveStacks(Tasks build, Difference difference, Group after) {
    List<PortName.HostStack> left =
        difference.ports().removed().stream()
            .filter(PortName.HostStack.class::isInstance)
            .map(PortName.HostStack.class::cast)
            .toList();
    return left.isEmpty() ? after : build.add(new Step.LeaveStacks(left), after);
  }

  /** One after the other: LSI-0 is one for all. */
  private static List<Step.Plug> plugs(Collection<PortName.Outer> ports, boolean stacks) {
    return ports.stream()
        .filter(port -> port instanceof PortName.HostStack == stacks)
        .map(Step.Plug::new)
        .toList();
  }

  private static void retire(Tasks tasks, Difference difference) {
    List<Step> first = new ArrayList<>();
    difference.removed().forEach(function -> first.add(new Step.RemoveFunction(function)));
    difference.updated().stream()
        .filter(Updated::unplugs)
        .forEach(u -> first.add(new Step.UnplugPorts(u.earlier(), u.function())));
    Group gone = tasks.addAll(first, Group.NONE);
    Group cut =
        tasks.addInOrder(
            difference.links().removed().stream().map(Step.Disconnect::new).toList(), gone);
    tasks.addInOrder(difference.ports().removed().stream().map(Step.Unplug::new).toList(), cut);
  }
}
