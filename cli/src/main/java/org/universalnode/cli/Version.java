package org.universalnode.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code un --version} says; the build writes the number. */
final class Version implements IVersionProvider {
  private static final int LONGEST = 100;

  @Override
  public String[] getVersion() throws IOException {
    try (InputStream file = Objects.requireNonNull(Version.class.getResourceAsStream("version"))) {
      String number = new String(file.readNBytes(LONGEST), StandardCharsets.UTF_8);
      return new String[] {"un " + number.strip()};
    }
  }
}
