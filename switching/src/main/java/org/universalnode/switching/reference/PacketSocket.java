package org.universalnode.switching.reference;

import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpAddress;
import org.universalnode.nffg.json.JsonText;

/** An IP address and a port, as {@link PacketText} has them. */
record PacketSocket(IpAddress address, int port) {

  static PacketSocket parse(PacketWords words) {
    String text = words.next();
    int colon = text.lastIndexOf(':');
    String address = colon < 0 ? "" : text.substring(0, colon);
    boolean bracketed = address.startsWith("[") && address.endsWith("]");
    if (address.isEmpty() || bracketed != (address.indexOf(':') >= 0)) {
      throw PacketWords.problem(
          JsonText.quoted(text) + " is no address with a port",
          "write it like 10.0.0.1:80 or [2001:db8::1]:80");
    }
    String bare = bracketed ? address.substring(1, address.length() - 1) : address;
    int port = (int) HeaderField.SOURCE_PORT.parse(text.substring(colon + 1)).value().low();
    return new PacketSocket(IpAddress.parse(bare), port);
  }
}
