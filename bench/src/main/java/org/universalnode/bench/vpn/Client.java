package org.universalnode.bench.vpn;

/** The IPsec client of a CPE, in one of its implementations. */
interface Client {

  /**
   * Starts it with a cipher.
   *
   * @return milliseconds until whoever asked for it was told that it is started
   */
  double start(Cipher cipher);

  /** Ends it; it says goodbye to the gateway. */
  void stop();
}
