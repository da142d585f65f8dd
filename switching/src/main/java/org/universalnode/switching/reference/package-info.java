/**
 * The meaning of rules, in plain Java: a frame and the rules that it meets give the frames that
 * leave. Every switch driver agrees with it, and it tells people which way a packet takes.
 *
 * <p>What a frame's header fields are stands at {@link
 * org.universalnode.switching.reference.Headers}; what actions do to its bytes at {@link
 * org.universalnode.switching.reference.Frame}; the way through LSIs at {@link
 * org.universalnode.switching.reference.Walk}.
 */
package org.universalnode.switching.reference;
