package org.universalnode.compute.libvirt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.universalnode.problem.Problem;

/**
 * A disk image that never changes; what a guest writes goes elsewhere.
 *
 * @param format as QEMU names it
 */
record Disk(Path path, String format) {
  private static final int HEADER_BYTES = 512;
  private static final int QCOW = 0x514649fb;
  private static final int VERSION_AT = 4;
  private static final int BACKING_AT = 8;
  private static final int FEATURES_AT = 72;
  private static final long EXTERNAL_DATA = 1 << 2;
  private static final int BOOT_SIGNATURE_AT = 510;
  private static final short BOOT_SIGNATURE = 0x55aa;

  /** Reads what the file is; one that refers to other files of the machine is refused. */
  static Disk of(Path path) {
    ByteBuffer header = header(path);
    if (header.remaining() >= HEADER_BYTES && header.getInt(0) == QCOW) {
      boolean external =
          header.getInt(VERSION_AT) > 2 && (header.getLong(FEATURES_AT) & EXTERNAL_DATA) != 0;
      if (header.getLong(BACKING_AT) != 0 || external) {
        throw refused(path, "refers to another file", "make it whole: qemu-img convert -O qcow2");
      }
      return new Disk(path, "qcow2");
    }
    if (header.remaining() < HEADER_BYTES || header.getShort(BOOT_SIGNATURE_AT) != BOOT_SIGNATURE) {
      throw refused(
          path,
          "is no disk that boots: it is not qcow2, and its first sector has no boot signature",
          "give the template a qcow2 or raw image, or an archive with vmlinuz and initrd");
    }
    return new Disk(path, "raw");
  }

  private static ByteBuffer header(Path path) {
    try (InputStream stream = Files.newInputStream(path)) {
      return ByteBuffer.wrap(stream.readNBytes(HEADER_BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RuntimeException refused(Path path, String reason, String next) {
    return Problem.of(
            Problem.Code.INVALID_DOCUMENT, "the image " + path.getFileName() + " " + reason)
        .next(next)
        .asException();
  }
}
