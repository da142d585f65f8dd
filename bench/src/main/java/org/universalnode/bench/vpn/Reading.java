package org.universalnode.bench.vpn;

import java.util.Map;
import java.util.Objects;

/**
 * What one round of one implementation brought.
 *
 * @param transfers by cipher
 */
record Reading(Start start, Memory memory, Map<Cipher, Transfer> transfers) {

  Reading {
    transfers = Map.copyOf(transfers);
  }

  /**
   * Milliseconds since it was asked for.
   *
   * @param done whoever asked was told that it is started
   * @param tunnel the gateway has the tunnel
   * @param packet the first packet from the client reached the sink
   */
  record Start(double done, double tunnel, double packet) {}

  /**
   * Megabytes, pages that processes share split among them.
   *
   * @param function all processes that came with it
   * @param engine what runs all functions of its kind
   */
  record Memory(double function, double engine) {}

  /**
   * Megabits per second that arrived, by two TCP streams.
   *
   * @param load time on cores that the function's processes had while it sent up, in percent of one
   *     core
   */
  record Transfer(double up, double down, double load) {}

  Transfer transfer(Cipher cipher) {
    return Objects.requireNonNull(transfers.get(cipher), cipher.words());
  }
}
