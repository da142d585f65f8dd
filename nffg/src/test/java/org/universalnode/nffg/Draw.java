package org.universalnode.nffg;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;

/** Draws values; the same seed draws the same ones. */
final class Draw {
  private static final List<String> WORDS =
      List.of("a", "zwei Wörter", "<html>&'\"", "\u2028 😀", "{}", "0", "~/\\", "x=y;z");

  private final Random random;

  Draw(long seed) {
    random = new Random(seed);
  }

  boolean flip() {
    return random.nextBoolean();
  }

  /** From 0 to {@code most}. */
  int upTo(int most) {
    return random.nextInt(most + 1);
  }

  long bits(int width) {
    return random.nextLong() >>> (64 - width);
  }

  Bits wideBits(int width) {
    return new Bits(random.nextLong(), random.nextLong()).and(Bits.ones(width));
  }

  /** Not empty. */
  String word() {
    return any(WORDS);
  }

  String maybeWord() {
    return flip() ? "" : word();
  }

  <T> T any(List<? extends T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  <T> Optional<T> maybe(Supplier<T> value) {
    return flip() ? Optional.of(value.get()) : Optional.empty();
  }

  OptionalInt maybeFrom1To(int last) {
    return flip() ? OptionalInt.of(1 + upTo(last - 1)) : OptionalInt.empty();
  }

  MacAddress unicast() {
    return new MacAddress((bits(48) & 0xfeffffffffffL) | 1);
  }

  Ipv4Address ipv4() {
    return new Ipv4Address(random.nextInt());
  }

  /** With runs of zeros, as addresses have them. */
  Ipv6Address ipv6() {
    Bits mask = flip() ? Bits.ones(128) : any(List.of(Bits.ones(16), Bits.prefix(40, 128)));
    return new Ipv6Address(wideBits(128).and(mask));
  }

  InterfaceAddress interfaceAddress() {
    return new InterfaceAddress(ipv4(), upTo(32));
  }

  /** A JSON object that has some of the keys. */
  String extras(List<String> members) {
    List<String> drawn = members.stream().filter(member -> flip()).toList();
    return "{" + String.join(",", drawn) + "}";
  }
}
