package org.universalnode.compute.nativefn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.universalnode.linux.ProcessStat;

/**
 * The record of the processes of which an instance consists, kept beside it. What begins later is
 * not in it: requests, leases and the like come and go.
 *
 * @param file one line for each
 */
record Members(Path file) {
  /** More are not recorded; those that lead come first. */
  static final int MOST = 256;

  private static final String UNPRINTABLE = "[^ -~]";

  /** None if it was never written. */
  List<Member> all() {
    try {
      return Files.readAllLines(file).stream().flatMap(line -> Member.read(line).stream()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of them that nobody but the node can start again, and that are no more. */
  List<Member> missing() {
    return all().stream().filter(member -> member.leads() && !member.alive()).toList();
  }

  /** Replaces the record in one step: one that is cut off would hide a loss. */
  void write(List<Member> members) {
    try {
      Path unfinished = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(
          unfinished,
          members.stream().limit(MOST).map(Member::write).collect(Collectors.joining()));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When it was written last; empty if it was not. */
  Optional<Instant> since() {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that one has done its part; the others are as old as they were. */
  void drop(Member member) {
    Optional<Instant> since = since();
    write(all().stream().filter(other -> !other.equals(member)).toList());
    try {
      Files.setLastModifiedTime(file, FileTime.from(since.orElseThrow()));
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
