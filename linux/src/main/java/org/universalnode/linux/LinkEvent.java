package org.universalnode.linux;

/** The kernel's report that a link is new or changed, or is gone. */
public sealed interface LinkEvent {

  /** It is new, or something of it changed. */
  record Present(Link link) implements LinkEvent {}

  record Gone(Link link) implements LinkEvent {}

  /** Events came faster than they were read and some are lost: look at everything again. */
  record Missed() implements LinkEvent {}
}
