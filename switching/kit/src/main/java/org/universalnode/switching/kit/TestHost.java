package org.universalnode.switching.kit;

import java.util.concurrent.Callable;

/** A host with a network stack of its own, whose wire is plugged into the switch. */
public interface TestHost {

  Wire wire();

  /** Adds an address with prefix length, of either IP version, to its interface. */
  void address(String address);

  /** Says where a neighbour is, so that nobody has to ask. */
  void neighbour(String address, String mac);

  /** Does some work in its network stack, such as opening a socket. */
  <T> T call(Callable<T> work);
}
