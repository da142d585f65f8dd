package org.universalnode.switching.kit;

/**
 * Which frames may be drawn besides plain ones.
 *
 * @param mostTags VLAN tags on a frame; a fifth counts as payload
 * @param providerTags tags of the type 0x88a8 too, and ones with a drop eligible bit
 * @param extensions IPv4 options and IPv6 extension headers
 * @param fragments parts of larger packets
 * @param damaged headers that are cut or lie about themselves, and frames without a type
 * @param wrongChecksums also UDP without one; never 0xffff, which means the same as 0
 */
public record FrameKnobs(
    int mostTags,
    boolean providerTags,
    boolean extensions,
    boolean fragments,
    boolean damaged,
    boolean wrongChecksums) {

  /** Untagged or with one 802.1Q tag, whole, and right in every respect. */
  public static final FrameKnobs PLAIN = new FrameKnobs(1, false, false, false, false, false);

  public static final FrameKnobs EVERYTHING = new FrameKnobs(5, true, true, true, true, true);

  /** The same with another number of tags. */
  public FrameKnobs withTags(int most) {
    return new FrameKnobs(most, providerTags, extensions, fragments, damaged, wrongChecksums);
  }
}
