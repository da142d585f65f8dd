package org.universalnode.compute.libvirt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** An archive as the kernel unpacks it into its initial file system (cpio(5), "newc"). */
final class Cpio {
  private static final int ALIGNMENT = 4;
  private static final int FOLDER = 0040755;
  private static final int FILE = 0100600;
  private static final String END = "TRAILER!!!";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int number;

  Cpio folder(String name) {
    return add(name, FOLDER, new byte[0]);
  }

  Cpio file(String name, String text) {
    return add(name, FILE, text.getBytes(StandardCharsets.UTF_8));
  }

  /** All of it; nothing can be added any more. */
  byte[] end() {
    add(END, 0, new byte[0]);
    return bytes.toByteArray();
  }

  /** Zeros that bring something of that length to the alignment that the kernel asks for. */
  static byte[] padding(long length) {
    return new byte[(int) ((ALIGNMENT - length % ALIGNMENT) % ALIGNMENT)];
  }

  private Cpio add(String name, int mode, byte[] content) {
    byte[] text = (name + "\0").getBytes(StandardCharsets.UTF_8);
    int links = 1;
    int[] fields = {
      ++number, mode, 0, 0, links, 0, content.length, 0, 0, 0, 0, text.length, 0,
    };
    bytes.writeBytes("070701".getBytes(StandardCharsets.US_ASCII));
    for (int field : fields) {
      bytes.writeBytes("%08x".formatted(field).getBytes(StandardCharsets.US_ASCII));
    }
    bytes.writeBytes(text);
    bytes.writeBytes(padding(bytes.size()));
    bytes.writeBytes(content);
    bytes.writeBytes(padding(bytes.size()));
    return this;
  }
}
