package org.universalnode.switching.kit;

import java.util.concurrent.Callable;

/** A host with a network stack of its own, whose wire is plugged into the switch. */
public interface TestHost {

  Wire wire();

  /** Adds an address with prefix length, of either IP version, which is used at once. */
  void address(String address);

  /** Does some work in its network stack, such as opening a socket. */
  <T> T call(Callable<T> work);
}
