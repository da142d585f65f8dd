package org.universalnode.node.choice;

import java.time.Duration;

/**
 * What a node knows of a template whose functions it ran: means in which the latest counts a
 * quarter.
 *
 * @param address of the image, as the template says it; with another one nothing of this is true
 * @param image what the driver called it
 * @param startMillis below 0 if none was started yet
 * @param memoryMegabytes in use; below 0 if none was measured yet
 */
record Experience(String address, String image, double startMillis, double memoryMegabytes) {
  private static final double LATEST = 0.25;
  private static final double UNKNOWN = -1;
  private static final double MEGABYTE = 1 << 20;

  static Experience none(String address, String image) {
    return new Experience(address, image, UNKNOWN, UNKNOWN);
  }

  Experience started(Duration took) {
    return new Experience(address, image, mean(startMillis, took.toNanos() / 1e6), memoryMegabytes);
  }

  Experience used(long bytes) {
    return new Experience(address, image, startMillis, mean(memoryMegabytes, bytes / MEGABYTE));
  }

  private static double mean(double known, double latest) {
    return known < 0 ? latest : known + LATEST * (latest - known);
  }
}
