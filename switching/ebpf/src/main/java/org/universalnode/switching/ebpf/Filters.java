package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.BpfProgram;
import org.universalnode.linux.Link;
import org.universalnode.linux.MachineLock;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.switching.devices.Marks;

/**
 * The switch's programs at links. A place for filters that the switch made goes with the last
 * filter there, whichever of its programs asked for it first. Those who add and those who remove
 * take turns, whichever node of the machine they are: between a look and a removal nobody may have
 * come.
 */
final class Filters implements AutoCloseable {
  /** It takes others some milliseconds at most. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TrafficControl traffic = TrafficControl.open();
  private final BpfMap places;
  private final String owner;

  Filters(BpfMap places, String owner) {
    this.places = places;
    this.owner = owner;
  }

  /** Forgets the places at links that are gone. */
  synchronized void forgetStrangers(RouteSocket route) {
    for (ByteBuffer key : places.keys()) {
      if (route.link(key.getInt(0)).isEmpty()) {
        places.remove(key);
      }
    }
  }

  /** Whether the switch's program there is this one. */
  boolean runs(Link link, Hook hook, BpfProgram program) {
    return traffic.runs(link, hook, program, owner);
  }

  /** Replaces what was there of the switch; the same program is left as it is. */
  synchronized void attach(Link link, Hook hook, BpfProgram program) {
    if (!runs(link, hook, program)) {
      try (MachineLock _ = turn()) {
        put(link, hook, program);
      }
    }
  }

  /** Nodes add and remove filters one after the other. */
  private static MachineLock turn() {
    return MachineLock.take(BpfFilesystem.ROOT, PATIENCE);
  }

  private void put(Link link, Hook hook, BpfProgram program) {
    boolean claimed = !traffic.hasPlace(link);
    if (claimed) {
      own(link.index()); // first, because a place that nobody knows of would stay for ever
    }
    boolean made = traffic.attach(link, hook, program, owner);
    if (claimed && !made) {
      forget(link.index()); // somebody else made it meanwhile
    }
  }

  /** The place at the link goes with the last filter, whoever made it. */
  synchronized void own(int index) {
    places.put(key(index), places.value().putInt(1));
  }

  synchronized void detach(Link link, Hook hook) {
    try (MachineLock _ = turn()) {
      take(link, hook);
    }
  }

  private void take(Link link, Hook hook) {
    traffic.detach(link, hook, owner);
    boolean ours = places.get(key(link.index())).isPresent();
    if (ours && (traffic.removeEmptyPlace(link) || bequeathed(link))) {
      forget(link.index());
    }
  }

  /** Where other nodes of this machine that have filters at the link have pinned such a map. */
  synchronized Stream<Path> pinsOfOthers(Link link, String map) {
    return traffic.owners(link).stream()
        .filter(name -> !name.equals(owner))
        .flatMap(name -> Marks.ofOwner(name).stream())
        .map(marks -> new Pins(marks.node()).folder().resolve(map))
        .filter(Files::exists);
  }

  /** Another node has to remove the place, with its own last filter. */
  private boolean bequeathed(Link link) {
    if (traffic.owners(link).contains(owner)) {
      return false;
    }
    Optional<Path> theirs = pinsOfOthers(link, "places").findFirst();
    theirs.ifPresent(pin -> claim(pin, link));
    return theirs.isPresent();
  }

  private static void claim(Path pin, Link link) {
    try (BpfMap theirs = BpfMap.pinned(pin)) {
      theirs.put(theirs.key().putInt(link.index()), theirs.value().putInt(1));
    }
  }

  /** The link is gone. */
  synchronized void forget(int index) {
    places.remove(key(index));
  }

  @Override
  public void close() {
    traffic.close();
  }

  private ByteBuffer key(int index) {
    return places.key().putInt(index);
  }
}
