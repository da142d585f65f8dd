package org.universalnode.switching.reference;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * An Ethernet frame from its destination address to the end of its payload, without check sequence.
 *
 * <p>Actions make new frames of it. The IPv4 header checksum and the checksum of TCP, UDP and of
 * ICMP in IPv6 are mended by the difference that a change makes (RFC 1624, equation 3), so that a
 * wrong one stays equally wrong. Exactly:
 *
 * <ul>
 *   <li>what is set to the value that it has changes nothing;
 *   <li>a mended checksum is never 0xffff but 0, which means the same. UDP's is the other way
 *       round, in IPv4 and IPv6: 0 says that there is none and stays, and a result of 0 becomes
 *       0xffff;
 *   <li>a checksum is left alone if the frame is cut before its end, and so is that of a later
 *       fragment's transport header, which is not there;
 *   <li>SCTP's CRC is never mended: its receivers drop what had its ports changed.
 * </ul>
 *
 * <p>One thing is left to the drivers: where fields end as they began, after changes there and
 * back, a checksum that came in as 0xffff may leave as 0xffff or as 0.
 */
public final class Frame {
  public static final int MOST_BYTES = 65_535;

  /** Tags that are looked at when a frame comes in; the next is its payload. */
  public static final int MOST_TAGS = 4;

  /** Tags that are known of a frame on its way through the LSIs, to which actions add some. */
  public static final int TAG_ROOM = 8;

  private final byte[] bytes;
  private final Headers headers;

  private Frame(byte[] bytes, int tags) {
    this.bytes = bytes;
    this.headers = HeaderReader.read(bytes, tags);
  }

  /**
   * A frame of these bytes, whatever they are.
   *
   * @throws ProblemException with LIMIT if there are more than {@value #MOST_BYTES}
   */
  public static Frame of(byte... bytes) {
    if (bytes.length > MOST_BYTES) {
      throw Problem.of(Code.LIMIT, "the frame has " + bytes.length + " bytes")
          .next("use at most " + MOST_BYTES)
          .asException();
    }
    return owning(bytes.clone(), HeaderReader.tags(bytes));
  }

  /** A frame of bytes that nobody else will change, of which so many tags are known. */
  static Frame owning(byte[] bytes, int tags) {
    return new Frame(bytes, tags);
  }

  public int size() {
    return bytes.length;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public Headers headers() {
    return headers;
  }

  /** The same bytes as they are read where they come in. */
  Frame arriving() {
    boolean same =
        headers.tags() <= MOST_TAGS && !HeaderReader.isTag(headers.number(HeaderField.ETHER_TYPE));
    return same ? this : owning(bytes, HeaderReader.tags(bytes));
  }

  /**
   * With another 802.1Q tag of priority 0 outside all others; empty if it has no room for it, or is
   * no Ethernet frame.
   */
  public Optional<Frame> pushed(int vlan) {
    return headers.tags() < TAG_ROOM && headers.fault().isEmpty()
        ? Optional.of(Rewrite.push(this, vlan))
        : Optional.empty();
  }

  /** Without its outermost tag; as it is if it has none. */
  public Frame popped() {
    return headers.tags() == 0 ? this : Rewrite.pop(this);
  }

  /**
   * With another value of a field, as it is if it does not have that field. VLAN id and priority
   * are those of the outermost tag, whose other bits stay.
   *
   * @throws IllegalArgumentException if no action sets this field
   */
  public Frame with(HeaderField field, Bits value) {
    return Rewrite.set(this, field, value);
  }

  /** With every checksum calculated anew that the whole of its data is there for. */
  public Frame withRightChecksums() {
    return Checksums.complete(this);
  }

  /** On one line, for people; much of it is what {@link PacketText} reads. */
  public String describe() {
    return FrameText.describe(this);
  }

  /** The bytes themselves, not to be changed. */
  byte[] raw() {
    return bytes;
  }

  /** Whether the bytes are the same, whatever is known of them. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Frame frame && Arrays.equals(bytes, frame.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** As {@link PacketText} reads it. */
  @Override
  public String toString() {
    return PacketText.HEX + HexFormat.of().formatHex(bytes);
  }
}
