package org.universalnode.node.health;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which function is looked at or restarted when. At most one is looked at at a time. Knows
 * no clock and no thread; to be used by one at a time.
 */
final class HealthBook {
  private final Pace pace;
  private final RestartPolicy policy;
  private final HealthListener listener;
  private final Map<FunctionName, Course> courses = new LinkedHashMap<>();

  private final Map<String, Set<FunctionName>> byGraph = new HashMap<>();

  /** Since when the functions that are ill now are so, however often they were restarted. */
  private final Map<FunctionName, Instant> onset = new LinkedHashMap<>();

  private boolean looking;
  private Instant lastLook = Instant.MIN;

  HealthBook(Pace pace, RestartPolicy policy, HealthListener listener) {
    this.pace = pace;
    this.policy = policy;
    this.listener = listener;
  }

  /** These functions are wanted, no others; those that are new are held to be well. */
  void keep(Collection<FunctionName> functions, Instant now) {
    Map<String, Set<FunctionName>> wanted = new LinkedHashMap<>();
    byGraph.keySet().forEach(graph -> wanted.put(graph, Set.of()));
    functions.stream()
        .collect(Collectors.groupingBy(FunctionName::graph, LinkedHashMap::new, Collectors.toSet()))
        .forEach(wanted::put);
    wanted.forEach(this::forgetOthers);
    wanted.values().forEach(names -> begin(names, functions.size(), now));
  }

  /** The same for one graph's functions: those of others stay. */
  void keep(String graph, Set<FunctionName> functions, Instant now) {
    forgetOthers(graph, functions);
    long fresh = functions.stream().filter(name -> !courses.containsKey(name)).count();
    begin(functions, courses.size() + (int) fresh, now);
  }

  private void forgetOthers(String graph, Set<FunctionName> functions) {
    byGraph.getOrDefault(graph, Set.of()).stream()
        .filter(name -> !functions.contains(name))
        .forEach(this::forget);
    if (functions.isEmpty()) {
      byGraph.remove(graph);
    } else {
      byGraph.put(graph, Set.copyOf(functions));
    }
  }

  private void begin(Set<FunctionName> functions, int all, Instant now) {
    Instant look = now.plus(pace.interval(all));
    functions.forEach(name -> courses.putIfAbsent(name, Course.beginning(now, look)));
  }

  private void forget(FunctionName name) {
    courses.remove(name);
    onset.remove(name);
  }

  Map<FunctionName, FunctionHealth> health() {
    Map<FunctionName, FunctionHealth> all = new LinkedHashMap<>();
    courses.forEach((name, course) -> all.put(name, course.health()));
    return all;
  }

  /** Nothing happens if it is not wanted. */
  void disturbed(FunctionName name, Instant now) {
    change(name, course -> course.suspected(now));
  }

  /** Its graph was seen to, for whatever reason. */
  void mended(FunctionName name, Instant now) {
    change(name, course -> course.mended(now));
  }

  /** What is due; whoever gets it says how it went. */
  Optional<HealthWork> next(Instant now) {
    Optional<FunctionName> restart = first(course -> course.isToBeRestarted(now));
    if (restart.isPresent()) {
      change(restart.get(), course -> course.beingRestarted(policy, now));
      return restart.map(HealthWork.Restart::new);
    }
    Optional<FunctionName> look =
        looking ? Optional.empty() : earliestLook().filter(name -> !lookAt(name).isAfter(now));
    look.ifPresent(
        name -> {
          looking = true;
          change(name, Course::beingLookedAt);
        });
    return look.map(HealthWork.Look::new);
  }

  /** When something is due next, if nobody says anything before; it may be past. */
  Instant wake() {
    Stream<Instant> restarts =
        courses.values().stream()
            .filter(course -> !course.attended())
            .flatMap(course -> course.restart().stream());
    Stream<Instant> look = looking ? Stream.empty() : earliestLook().map(this::lookAt).stream();
    return Stream.concat(restarts, look).min(Comparator.naturalOrder()).orElse(Instant.MAX);
  }

  void looked(FunctionName name, Finding finding, Instant now) {
    looking = false;
    lastLook = now;
    Instant soon = now.plus(pace.confirmation());
    change(
        name,
        course ->
            switch (finding) {
              case Finding.Fine _ ->
                  course.well(now, now.plus(pace.interval(courses.size())), false);
              case Finding.Unwell(String reason) ->
                  course.unwell(
                      new FunctionHealth.Ill(reason, onset.getOrDefault(name, now)),
                      soon,
                      now.plus(pace.interval(courses.size())));
              case Finding.Doubtful(String reason) -> course.doubtful(reason, policy, now, soon);
              case Finding.Broken(String reason) ->
                  course.ill(reason, onset.getOrDefault(name, now), policy, now);
              case Finding.Busy _ -> course.unknown(soon);
            });
  }

  /**
   * @param failure why it failed; empty if it did not
   */
  void restarted(FunctionName name, String failure, Instant now) {
    change(
        name,
        course ->
            failure.isEmpty()
                ? course.well(now, now.plus(pace.confirmation()), true)
                : course.ill(failure, onset.getOrDefault(name, now), policy, now));
  }

  private void change(FunctionName name, UnaryOperator<Course> change) {
    Course before = courses.get(name);
    if (before == null) {
      return; // not wanted any more
    }
    Course now = change.apply(before);
    courses.put(name, now);
    remember(name, now.health());
    if (!now.health().equals(before.health())) {
      listener.changed(name, before.health(), now.health());
    }
  }

  private void remember(FunctionName name, FunctionHealth health) {
    switch (health) {
      case FunctionHealth.Well _ -> onset.remove(name);
      case FunctionHealth.Ill(_, Instant since) -> onset.putIfAbsent(name, since);
      case FunctionHealth.Restarting _, FunctionHealth.Failed _ -> {}
    }
  }

  private Optional<FunctionName> first(java.util.function.Predicate<Course> condition) {
    return courses.entrySet().stream()
        .filter(entry -> condition.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Optional<FunctionName> earliestLook() {
    return courses.entrySet().stream()
        .filter(entry -> entry.getValue().awaitsLook())
        .min(Comparator.comparing(entry -> lookAt(entry.getValue())))
        .map(Map.Entry::getKey);
  }

  private Instant lookAt(FunctionName name) {
    return Optional.ofNullable(courses.get(name)).map(this::lookAt).orElse(Instant.MAX);
  }

  /** Looks of the round keep their distance from the look before. */
  private Instant lookAt(Course course) {
    if (course.urgent() || lastLook.equals(Instant.MIN)) {
      return course.look();
    }
    Instant spaced = lastLook.plus(pace.gap());
    return spaced.isAfter(course.look()) ? spaced : course.look();
  }
}
