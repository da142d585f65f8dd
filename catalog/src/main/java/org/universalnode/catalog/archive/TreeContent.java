package org.universalnode.catalog.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a folder holds: names, kinds, permissions and bytes of everything in it.
 *
 * @param bytes what it takes of a disk with blocks of 4 KiB
 * @param digest SHA-256, in lower-case hex; whatever is changed changes it
 */
record TreeContent(long bytes, String digest) {
  private static final long BLOCK = 4_096;
  private static final String FORM = "bytes ([0-9]{1,15})\ncontent ([0-9a-f]{64})\n";

  static TreeContent of(Path root) throws IOException {
    MessageDigest digest = Digests.sha256();
    long bytes = 0;
    try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      for (Path one : everything(root)) {
        bytes += add(root, one, out);
      }
    }
    return new TreeContent(bytes, HexFormat.of().formatHex(digest.digest()));
  }

  /** What {@link #text} wrote; a folder that no content equals for any other text. */
  static TreeContent parse(String text) {
    Matcher form = Pattern.compile(FORM).matcher(text);
    return form.matches()
        ? new TreeContent(Long.parseLong(form.group(1)), form.group(2))
        : new TreeContent(0, "");
  }

  String text() {
    return "bytes %d\ncontent %s\n".formatted(bytes, digest);
  }

  private static List<Path> everything(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long add(Path root, Path one, OutputStream out) throws IOException {
    boolean isFile = Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS);
    long size = isFile ? Files.size(one) : 0;
    int mode = (int) Files.getAttribute(one, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    String head = "%s %o %d\0".formatted(root.relativize(one), mode, size);
    out.write(head.getBytes(StandardCharsets.UTF_8));
    if (isFile) {
      try (InputStream in = Files.newInputStream(one)) {
        in.transferTo(out);
      }
    }
    return BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
  }
}
