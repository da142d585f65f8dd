package org.universalnode.node.security;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * Works on passwords, one at a time: it is slow on purpose, and whoever sends many must not take
 * the machine from those who carry traffic.
 */
final class Hashing {
  private static final int PATIENCE_SECONDS = 5;

  private final int rounds;
  private final Semaphore place = new Semaphore(1, true);

  /**
   * Has nothing to do yet.
   *
   * @param rounds that new passwords take
   */
  Hashing(int rounds) {
    this.rounds = rounds;
  }

  String of(String password) {
    return alone(() -> PasswordHash.of(password, rounds));
  }

  boolean matches(String password, String kept) {
    return alone(() -> PasswordHash.matches(password, kept));
  }

  private <T> T alone(Supplier<T> work) {
    take();
    try {
      return work.get();
    } finally {
      place.release();
    }
  }

  private void take() {
    try {
      if (place.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Problem.of(Code.BUSY, "too many passwords are to be looked at")
        .next("try again a little later")
        .asException();
  }
}
