package org.universalnode.linux;

/** What the kernel reports of the links of a namespace and of what is at them. */
public sealed interface DeviceEvent {

  /**
   * A link of the namespace is new or gone, or it, an address or a filter of it has changed.
   *
   * @param link its index
   */
  record Touched(int link) implements DeviceEvent {}

  /**
   * A veth in another namespace is new, changed or gone; its other end may be here.
   *
   * @param far as it is, or was
   * @param gone also if it went to another namespace
   */
  record FarTouched(Link far, boolean gone) implements DeviceEvent {}

  /** Events came faster than they were read and some are lost: look at everything again. */
  record Missed() implements DeviceEvent {}
}
