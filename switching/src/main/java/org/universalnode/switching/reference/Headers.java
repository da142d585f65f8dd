package org.universalnode.switching.reference;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;

/**
 * The header fields of a frame. To a match a field that the frame does not have is zero; matches
 * have their prerequisites ({@code MatchFields.withPrerequisites}), so that this is seen only in
 * frames that are cut, in later fragments, and in discovery messages without an option.
 *
 * <p>Which fields a frame has:
 *
 * <ul>
 *   <li>What is shorter than 14 bytes is no frame, and dropped. All others have both addresses, the
 *       Ethernet type after all tags, and the VLAN, 0 without a tag. The VLAN priority is there if
 *       a tag is; both are those of the outermost.
 *   <li>A tag has the type 0x8100 or 0x88a8, and is one if all its four bytes are there. When a
 *       frame comes in, {@link Frame#MOST_TAGS} of them are looked at; the next counts as payload,
 *       and its type is the Ethernet type. This stays so on the way through the LSIs, whatever tags
 *       are pushed and popped.
 *   <li>Nothing is checked of what a header says about itself but what is said here: no version, no
 *       total length, no checksum. What follows a packet as padding may be read as its headers.
 *   <li>IPv4: nothing if the 20 bytes of the fixed header are not all there; else addresses, DSCP,
 *       ECN, protocol. A transport header is there in first fragments (and whole packets) whose
 *       header length is at least 20 bytes.
 *   <li>IPv6: nothing if the 40 bytes are not all there; else addresses, DSCP, ECN, flow label,
 *       protocol. Up to six extension headers of the kinds 0, 43, 44, 51 and 60 are skipped; the
 *       protocol is the next one's. The search ends after the fragment header of a later fragment
 *       (the protocol is what that names), and at an extension of which fewer than four bytes are
 *       there (the protocol is its own kind); both have no transport header.
 *   <li>Ports are there if the protocol is TCP, UDP or SCTP and the first four bytes of the
 *       transport header are. Type and code of ICMP are there if its first two bytes are: ICMPV4
 *       for protocol 1 in IPv4, ICMPV6 for 58 in IPv6.
 *   <li>Discovery messages are of ICMPv6 type 135 and 136, of any code. The target is there if all
 *       its bytes are. Up to four options after it are read; one of which fewer than eight bytes
 *       are there, or of length 0, ends the search. Kind 1 counts in 135, kind 2 in 136, the last
 *       of it.
 *   <li>ARP: all five fields if 28 bytes are there and they say hardware type 1, protocol type
 *       0x0800 and addresses of 6 and 4 bytes; else none.
 *   <li>MPLS, types 0x8847 and 0x8848: label and traffic class of the outermost entry, if its four
 *       bytes are there. What is inside is not looked at.
 * </ul>
 */
public final class Headers {
  private static final HeaderField[] FIELDS = HeaderField.values();
  private static final int WORD_BITS = 64;

  private final long[] words;
  private final int present;
  private final Layout layout;
  private final String fault;

  /**
   * Where things begin, counted from the first byte of the frame.
   *
   * @param tags how many there are
   * @param payload what follows the tags
   * @param transport the transport header; 0 if there is none
   * @param fragment whether the packet is a part of a larger one
   */
  record Layout(int tags, int payload, int transport, boolean fragment) {}

  /**
   * Takes over the arrays.
   *
   * @param words by {@link #word}
   * @param present of each field that is there its {@link #bit}
   * @param fault why it is no frame; empty if it is one
   */
  Headers(long[] words, int present, Layout layout, String fault) {
    this.words = words;
    this.present = present;
    this.layout = layout;
    this.fault = fault;
  }

  /** All that the frame has, in the order of {@link HeaderField}. */
  public Map<HeaderField, Bits> fields() {
    Map<HeaderField, Bits> fields = new EnumMap<>(HeaderField.class);
    for (HeaderField field : FIELDS) {
      if (has(field)) {
        fields.put(field, get(field));
      }
    }
    return Collections.unmodifiableMap(fields);
  }

  public boolean has(HeaderField field) {
    return (present & bit(field)) != 0;
  }

  /** The field as a match sees it: zero if the frame does not have it. */
  public Bits get(HeaderField field) {
    return new Bits(words[word(field, WORD_BITS)], words[word(field, 0)]);
  }

  /** The lower 64 bits of the field, zero if the frame does not have it. */
  public long number(HeaderField field) {
    return words[word(field, 0)];
  }

  /** How many VLAN tags there are. */
  public int tags() {
    return layout.tags();
  }

  /** Why this is no Ethernet frame, if it is none. */
  public Optional<String> fault() {
    return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
  }

  Layout layout() {
    return layout;
  }

  /** Where the word is that holds this bit of a field, counted from the lowest. */
  static int word(HeaderField field, int bit) {
    return 2 * index(field) + bit / WORD_BITS;
  }

  /** The bit that says whether the frame has the field. */
  static int bit(HeaderField field) {
    return 1 << index(field);
  }

  /** Nobody keeps it. */
  @SuppressWarnings("EnumOrdinal")
  private static int index(HeaderField field) {
    return field.ordinal();
  }

  static long[] noWords() {
    return new long[2 * FIELDS.length];
  }

  /** All fields, zero where absent, by {@link #word}; not to be changed. */
  long[] words() {
    return words;
  }
}
