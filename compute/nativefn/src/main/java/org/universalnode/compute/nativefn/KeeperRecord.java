package org.universalnode.compute.nativefn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Which process an instance's keeper is; both numbers together are never another's. */
record KeeperRecord(int pid, long startTime) {

  /** Empty if there is none, or it was cut off while it was written. */
  static Optional<KeeperRecord> read(Path file) {
    try {
      String text = Files.readString(file);
      if (!text.matches("[0-9]{1,9} [0-9]{1,18}\n")) {
        return Optional.empty();
      }
      int space = text.indexOf(' ');
      return Optional.of(
          new KeeperRecord(
              Integer.parseInt(text.substring(0, space)),
              Long.parseLong(text.substring(space + 1).strip())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String write() {
    return pid + " " + startTime + "\n";
  }
}
