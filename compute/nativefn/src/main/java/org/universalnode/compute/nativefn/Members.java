package org.universalnode.compute.nativefn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.universalnode.linux.ProcessStat;

/**
 * The record of the processes of which an instance consists, kept beside it. What begins later is
 * not in it: requests, leases and the like come and go.
 *
 * @param file one line for each, and one that says how long the machine had been up
 */
record Members(Path file) {
  /** More are not recorded; those that lead come first. */
  static final int MOST = 256;

  private static final String SINCE = "since ";
  private static final String UNPRINTABLE = "[^ -~]";

  /** None if it was never written. */
  List<Member> all() {
    return lines().flatMap(line -> Member.read(line).stream()).toList();
  }

  /** Those of them that nobody but the node can start again, and that are no more. */
  List<Member> missing() {
    return all().stream().filter(member -> member.leads() && !member.alive()).toList();
  }

  /** Replaces the record in one step: one that is cut off would hide a loss. */
  void write(List<Member> members) {
    write(uptime(), members);
  }

  /** How long ago it was written, whatever the machine's clock was set to; empty if it was not. */
  Optional<Duration> age() {
    return since().map(uptime()::minus).filter(age -> !age.isNegative());
  }

  /** Says that one has done its part; the others are as old as they were. */
  void drop(Member member) {
    Duration since = since().orElseGet(Members::uptime);
    write(since, all().stream().filter(other -> !other.equals(member)).toList());
  }

  private void write(Duration since, List<Member> members) {
    InstanceFolder.write(
        file,
        members.stream()
            .limit(MOST)
            .map(Member::write)
            .collect(Collectors.joining("", SINCE + since.toMillis() + "\n", "")));
  }

  /** How long the machine had been up then; from before its last start it tells nothing. */
  private Optional<Duration> since() {
    return lines()
        .filter(line -> line.matches(SINCE + "[0-9]{1,18}"))
        .map(line -> Duration.ofMillis(Long.parseLong(line.substring(SINCE.length()))))
        .findFirst();
  }

  private Stream<String> lines() {
    try {
      return Files.readAllLines(file).stream();
    } catch (NoSuchFileException e) {
      return Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The time since the machine was started, its sleep included (proc_uptime(5)). */
  private static Duration uptime() {
    try {
      String seconds = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
      return Duration.ofMillis(new BigDecimal(seconds).movePointRight(3).longValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete() {
    InstanceFolder.remove(file);
  }

  /**
   * The members of an instance whose handler has just ended.
   *
   * @param processes all that are in it
   */
  static List<Member> among(Set<Integer> processes) {
    Map<Integer, ProcessStat> living = living(processes);
    List<Member> members = new ArrayList<>();
    List<Member> children = new ArrayList<>();
    for (ProcessStat stat : living.values()) {
      boolean leads = !living.containsKey(stat.parent());
      Member member =
          new Member(stat.pid(), stat.startTime(), leads, stat.name().replaceAll(UNPRINTABLE, "?"));
      (leads ? members : children).add(member);
    }
    members.addAll(children);
    return members;
  }

  /** Without what the node runs in it at this moment for somebody else. */
  private static Map<Integer, ProcessStat> living(Set<Integer> processes) {
    Map<Integer, ProcessStat> living = new TreeMap<>();
    for (int pid : processes) {
      ProcessStat.of(pid).filter(ProcessStat::alive).ifPresent(stat -> living.put(pid, stat));
    }
    Optional<Integer> ours = ours(living);
    while (ours.isPresent()) {
      remove(ours.get(), living);
      ours = ours(living);
    }
    return living;
  }

  private static Optional<Integer> ours(Map<Integer, ProcessStat> living) {
    int node = Math.toIntExact(ProcessHandle.current().pid());
    return living.values().stream()
        .filter(stat -> stat.parent() == node)
        .map(ProcessStat::pid)
        .findFirst();
  }

  private static void remove(int pid, Map<Integer, ProcessStat> living) {
    living.remove(pid);
    List<Integer> children =
        living.values().stream()
            .filter(stat -> stat.parent() == pid)
            .map(ProcessStat::pid)
            .toList();
    children.forEach(child -> remove(child, living));
  }
}
