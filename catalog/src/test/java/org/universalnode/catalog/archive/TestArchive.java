package org.universalnode.catalog.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A .tgz in the making: honest or not. */
final class TestArchive {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

  TestArchive() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
  }

  static TestArchive withStart() {
    return new TestArchive().file("start", "#!/bin/sh\n");
  }

  TestArchive paxNames() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    return this;
  }

  TestArchive file(String name, String content) {
    return file(name, content.getBytes(UTF_8), 0644);
  }

  TestArchive file(String name, byte[] content, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setMode(mode);
    entry.setSize(content.length);
    return put(entry, content);
  }

  TestArchive folder(String name) {
    return put(new TarArchiveEntry(name, TarConstants.LF_DIR), new byte[0]);
  }

  /** An entry of that type, without data. */
  TestArchive special(String name, byte type) {
    return special(name, type, "");
  }

  TestArchive special(String name, byte type, String content) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName("start");
    entry.setSize(content.length());
    return put(entry, content.getBytes(UTF_8));
  }

  TestArchive link(String name, byte type, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName(target);
    return put(entry, new byte[0]);
  }

  private TestArchive put(TarArchiveEntry entry, byte[] content) {
    try {
      entry.setModTime(0L); // the same content is the same archive
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  byte[] tar() throws IOException {
    tar.close();
    return bytes.toByteArray();
  }

  URI write(Path file) throws IOException {
    Files.write(file, gzip(tar()));
    return file.toUri();
  }

  byte[] gzipped() throws IOException {
    return gzip(tar());
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(plain);
    }
    return compressed.toByteArray();
  }
}
