package org.universalnode.nffg;

import java.util.ArrayList;
import java.util.List;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.ProblemException;

/**
 * An IPv6 address.
 *
 * @param bits first byte on the wire highest
 */
public record Ipv6Address(Bits bits) implements IpAddress {
  private static final int GROUPS = 8;
  private static final String GAP = "::";

  /**
   * Reads the forms of RFC 4291 section 2.2, without a zone.
   *
   * @throws ProblemException if it is written otherwise
   */
  public static Ipv6Address parse(String text) {
    int gap = text.indexOf(GAP);
    List<Integer> groups = new ArrayList<>();
    String head = gap < 0 ? text : text.substring(0, gap);
    boolean valid = addGroups(head, groups) && (gap < 0 || head.indexOf('.') < 0);
    if (gap >= 0) {
      List<Integer> tail = new ArrayList<>();
      valid &= addGroups(text.substring(gap + GAP.length()), tail);
      valid &= groups.size() + tail.size() < GROUPS;
      while (groups.size() + tail.size() < GROUPS) {
        groups.add(0);
      }
      groups.addAll(tail);
    }
    if (!valid || groups.size() != GROUPS) {
      throw Invalid.because(
          JsonText.quoted(text) + " is no IPv6 address", "write it like 2001:db8::1");
    }
    return new Ipv6Address(new Bits(number(groups.subList(0, 4)), number(groups.subList(4, 8))));
  }

  /** Whether the text is made of groups, the last of which may be an IPv4 address. */
  private static boolean addGroups(String text, List<Integer> groups) {
    if (text.isEmpty()) {
      return true;
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        int bits = Ipv4Address.parse(parts[i]).bits();
        groups.addAll(List.of(bits >>> 16, bits & 0xffff));
      } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else {
        return false;
      }
    }
    return groups.size() <= GROUPS;
  }

  private static long number(List<Integer> groups) {
    return groups.stream()
        .mapToLong(Integer::longValue)
        .reduce(0, (all, group) -> (all << 16) | group);
  }

  /** The one text that RFC 5952 recommends; an IPv4-mapped address ends like one of IPv4. */
  @Override
  public String toString() {
    if (bits.high() == 0 && bits.low() >>> 32 == 0xffff) {
      return "::ffff:" + new Ipv4Address((int) bits.low());
    }
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (int) ((i < 4 ? bits.high() : bits.low()) >>> (48 - 16 * (i % 4))) & 0xffff;
    }
    int gapStart = -1;
    int gapLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int zeros = zerosFrom(i, groups);
      if (zeros > gapLength) {
        gapStart = i;
        gapLength = zeros;
      }
    }
    return gapStart < 0
        ? joined(groups, 0, GROUPS)
        : joined(groups, 0, gapStart) + GAP + joined(groups, gapStart + gapLength, GROUPS);
  }

  private static int zerosFrom(int start, int[] groups) {
    int end = start;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end - start;
  }

  private static String joined(int[] groups, int from, int to) {
    List<String> parts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      parts.add(Integer.toHexString(groups[i]));
    }
    return String.join(":", parts);
  }
}
