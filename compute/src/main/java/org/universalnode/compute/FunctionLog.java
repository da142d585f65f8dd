package org.universalnode.compute;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * What an instance prints. Daemons hold the file open and append to it, so when it is full its
 * content moves to a second file and it begins anew; what was in the second file is dropped.
 */
public record FunctionLog(Path file) {
  /** When the file is full. */
  public static final long FULL_BYTES = 1 << 20;

  private static final int LONGEST_LINE = 1_000;

  /** Moves the content on if there is too much of it. */
  public void rotate() {
    try {
      long size = size(file);
      if (size < FULL_BYTES) {
        return;
      }
      Path unfinished = sibling(".new");
      try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
          FileChannel out =
              FileChannel.open(
                  unfinished,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)) {
        in.transferTo(Math.max(0, size - FULL_BYTES), FULL_BYTES, out);
      }
      Path begin = sibling(".begin.new"); // whoever reads it meanwhile must find a number
      Files.writeString(begin, String.valueOf(begin() + size));
      Files.move(begin, beginFile(), StandardCopyOption.ATOMIC_MOVE);
      Files.move(unfinished, earlier(), StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel whole = FileChannel.open(file, StandardOpenOption.WRITE)) {
        whole.truncate(0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What was printed.
   *
   * @param from as a {@link LogText#next}; empty for the end
   */
  public LogText read(OptionalLong from, int mostBytes) {
    try {
      long begin = begin();
      long end = begin + size(file);
      long oldest = begin - size(earlier());
      long wanted = from.isPresent() && from.getAsLong() <= end ? from.getAsLong() : oldest;
      long start = Math.max(Math.max(wanted, oldest), end - mostBytes);
      int most = Math.toIntExact(Math.max(0, end - start));
      String earlier = part(earlier(), start - oldest, most);
      String text = earlier + part(file, start - begin, most);
      boolean cut = start > wanted;
      return new LogText(cut ? text.substring(text.indexOf('\n') + 1) : text, end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last line that is not empty. */
  public String lastLine() {
    String last = read(OptionalLong.empty(), LONGEST_LINE).text().strip();
    return last.substring(last.lastIndexOf('\n') + 1);
  }

  /** At most so many bytes of a file that the instance may cut or stretch meanwhile. */
  private static String part(Path path, long from, int most) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(path.toFile(), "r")) {
      long length = bytes.length();
      long start = Math.clamp(from, 0, length);
      byte[] rest = new byte[(int) Math.min(length - start, most)];
      bytes.seek(start);
      int read = Math.max(0, bytes.read(rest));
      return new String(rest, 0, read, StandardCharsets.UTF_8);
    } catch (java.io.FileNotFoundException e) {
      return "";
    }
  }

  /** How much was printed before what is in the file now. */
  private long begin() throws IOException {
    try {
      return Long.parseLong(Files.readString(beginFile()));
    } catch (NoSuchFileException | NumberFormatException e) {
      return 0;
    }
  }

  private static long size(Path path) throws IOException {
    try {
      return Files.size(path);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private Path earlier() {
    return sibling(".1");
  }

  private Path beginFile() {
    return sibling(".begin");
  }

  /** Not in the folder that the function can fill. */
  private Path sibling(String suffix) {
    Path folder = file.getParent();
    Path place = folder != null && folder.endsWith("output") ? folder : file;
    return place.resolveSibling(file.getFileName() + suffix);
  }
}
