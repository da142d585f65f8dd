package org.universalnode.bench.vpn;

/** What protects the traffic. */
enum Cipher {
  /** That of the paper: AES-CBC with keys of 128 bits, and HMAC-SHA1. */
  CBC("AES-CBC/SHA1", "aes128-sha1"),
  GCM("AES-GCM", "aes128gcm16");

  private final String words;
  private final String proposal;

  Cipher(String words, String proposal) {
    this.words = words;
    this.proposal = proposal;
  }

  /** In the names of figures. */
  String words() {
    return words;
  }

  /** For ESP, as strongSwan writes it. */
  String proposal() {
    return proposal;
  }
}
