package org.universalnode.switching.kit;

import org.universalnode.switching.Attachment;

/**
 * A cable between a port of the switch and a far end where tests send and receive frames.
 *
 * @param attachment what the switch is given, an interface of the machine or of a function
 */
public record Wire(Attachment attachment) {}
