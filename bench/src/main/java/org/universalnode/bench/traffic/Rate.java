package org.universalnode.bench.traffic;

/**
 * How much went through a path, in packets or gigabits.
 *
 * @param perSecond of time
 * @param perBusySecond of work of all cores of the machine, whoever did it
 */
public record Rate(double perSecond, double perBusySecond) {

  static Rate of(double amount, double seconds, double busySeconds) {
    return new Rate(amount / seconds, amount / busySeconds);
  }
}
