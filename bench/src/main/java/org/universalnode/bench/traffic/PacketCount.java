package org.universalnode.bench.traffic;

/**
 * What became of a stream of numbered packets.
 *
 * @param reordered came after one with a higher number
 * @param mixed whose marks contradict each other
 * @param changes how often a packet was of another version than the one before it
 * @param rate of packets that arrived while packets were sent
 */
public record PacketCount(
    long sent, long lost, long duplicated, long reordered, long mixed, long changes, Rate rate) {

  /** Reads the line that the generator prints. */
  static PacketCount parse(String line) {
    Numbers numbers = Numbers.parse(line);
    return new PacketCount(
        numbers.count("sent"),
        numbers.count("lost"),
        numbers.count("duplicated"),
        numbers.count("reordered"),
        numbers.count("mixed"),
        numbers.count("changes"),
        Rate.of(numbers.of("arrived"), numbers.of("seconds"), numbers.of("busy")));
  }
}
