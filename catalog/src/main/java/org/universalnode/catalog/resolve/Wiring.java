package org.universalnode.catalog.resolve;

/** How frames get from the switch to a port of a function. */
public enum Wiring {
  /** A pair of interfaces of the kernel, one of them in the function's namespace. */
  VETH,
  /** An interface of the kernel whose other end is a virtual machine's. */
  TAP,
  /** A vhost-user socket: memory that two processes share. */
  SOCKET
}
