package org.universalnode.switching.reference;

import java.util.List;
import java.util.Optional;

/**
 * What ports lead to.
 *
 * @param <P> what names a port
 */
interface Wiring<P> {

  /** The in-ports at which a frame comes in that is sent to this port; empty if it leaves. */
  Optional<List<P>> behind(P port, Frame frame);
}
