package org.universalnode.compute.libvirt;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * What a guest finds in its folder {@code /un}: {@code configuration.json}; {@code environment},
 * which a shell can read; and {@code ports}, a line for each with its label, MAC address, and IP
 * address or {@code -}.
 */
record GuestFiles(Recorded instance, String configuration) {
  private static final int SECTOR = 512;

  /** Beside the files of the image, in the same initial file system. */
  void writeInitrd(Path image, Path target) {
    try (OutputStream out = Files.newOutputStream(target)) {
      Files.copy(image, out);
      out.write(Cpio.padding(Files.size(image)));
      out.write(archive());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Alone, on a disk that has nothing else: {@code cpio -i < /dev/disk/by-id/virtio-un}. */
  void writeDisk(Path target) {
    try (OutputStream out = Files.newOutputStream(target)) {
      byte[] archive = archive();
      out.write(archive);
      out.write(new byte[(SECTOR - archive.length % SECTOR) % SECTOR]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] archive() {
    return new Cpio()
        .folder("un")
        .file("un/configuration.json", configuration)
        .file("un/environment", environment())
        .file("un/ports", ports())
        .end();
  }

  private String environment() {
    return instance.environment().stream()
        .map(each -> each.name() + "='" + each.value().replace("'", "'\\''") + "'\n")
        .collect(Collectors.joining());
  }

  private String ports() {
    return instance.ports().stream()
        .map(
            port ->
                "%s %s %s\n"
                    .formatted(
                        port.label(), port.mac(), port.address().map(Object::toString).orElse("-")))
        .collect(Collectors.joining());
  }
}
