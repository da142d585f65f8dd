package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.BpfProgram;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl;
import org.universalnode.linux.TrafficControl.Hook;

/**
 * The switch's programs at links. A place for filters that the switch made goes with the last
 * filter there, whichever of its programs asked for it first. Those who add and those who remove
 * take turns: between a look and a removal nobody may have come.
 */
final class Filters implements AutoCloseable {
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

  /** Replaces what was there of the switch. */
  synchronized void attach(Link link, Hook hook, BpfProgram program) {
    if (traffic.attach(link, hook, program, owner)) {
      places.put(key(link.index()), places.value().putInt(1));
    }
  }

  /** The place at the link was made by an earlier version of the switch. */
  synchronized void own(int index) {
    places.put(key(index), places.value().putInt(1));
  }

  synchronized void detach(Link link, Hook hook) {
    traffic.detach(link, hook, owner);
    if (places.get(key(link.index())).isPresent() && traffic.removeEmptyPlace(link)) {
      forget(link.index());
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
