package org.universalnode.compute.docker;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** A file as {@code docker save} writes it: a tar archive, which may be compressed. */
record ImageArchive(Path file) {
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;
  private static final int MOST_ENTRIES = 10_000;
  private static final int MOST_MANIFEST_BYTES = 1 << 20;
  private static final String MANIFEST = "manifest.json";
  private static final Pattern CONFIGURATION =
      Pattern.compile("(?:blobs/sha256/)?([0-9a-f]{64})(?:\\.json)?");

  /** The ID of the one image in it, {@code sha256:...}. */
  String image() {
    List<String> images = new ArrayList<>();
    try {
      for (Answer image : Engine.json(manifest()).items()) {
        Matcher matcher = CONFIGURATION.matcher(image.at("Config").text());
        if (matcher.matches()) {
          images.add("sha256:" + matcher.group(1));
        }
      }
    } catch (IOException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
    if (images.size() != 1) {
      throw refused("it holds " + images.size() + " images");
    }
    return images.getFirst();
  }

  private String manifest() throws IOException {
    try (InputStream input = open()) {
      for (int entries = 0; entries < MOST_ENTRIES; entries++) {
        byte[] header = input.readNBytes(BLOCK);
        if (header.length < BLOCK || header[0] == 0) {
          return "";
        }
        long size = size(header);
        if (name(header).equals(MANIFEST)) {
          byte[] text = input.readNBytes((int) Math.min(size, MOST_MANIFEST_BYTES));
          return new String(text, StandardCharsets.UTF_8);
        }
        input.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
      }
      return "";
    }
  }

  private InputStream open() throws IOException {
    InputStream input = new BufferedInputStream(Files.newInputStream(file));
    input.mark(2);
    boolean compressed = input.read() == 0x1f && input.read() == 0x8b;
    input.reset();
    return compressed ? new BufferedInputStream(new GZIPInputStream(input)) : input;
  }

  private static String name(byte[] header) {
    int length = 0;
    while (length < NAME_BYTES && header[length] != 0) {
      length++;
    }
    return new String(header, 0, length, StandardCharsets.UTF_8);
  }

  /** Octal digits; larger ones than 8 GiB are written otherwise, and no layer is. */
  private static long size(byte[] header) throws IOException {
    String digits =
        new String(header, SIZE_AT, SIZE_BYTES, StandardCharsets.US_ASCII)
            .replace('\0', ' ')
            .strip();
    if (!digits.matches("[0-7]{1,11}")) {
      throw new IOException("it is no tar archive");
    }
    return Long.parseLong(digits, 8);
  }

  private ProblemException refused(String why) {
    return Problem.of(
            Problem.Code.INVALID_DOCUMENT, file.getFileName() + " is no image for Docker: " + why)
        .next("write it with docker save, one image in a file")
        .asException();
  }
}
