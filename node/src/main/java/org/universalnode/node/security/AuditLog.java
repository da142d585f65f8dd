package org.universalnode.node.security;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.universalnode.problem.Problem;

/**
 * Entries as lines of JSON in a file that only its owner reads. When it is full it becomes the old
 * file, which replaces the one before; the chain of lines goes on in the next.
 */
public final class AuditLog implements Audit, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());
  private static final String CURRENT = "audit.log";
  private static final String OLD = "audit.log.1";
  private static final long MOST_BYTES = 4L << 20;

  private final Path file;
  private final Path old;
  private final long mostBytes;
  private final List<String> breaks;
  private FileChannel channel;
  private String head;

  private AuditLog(Path folder, long mostBytes) throws IOException {
    this.file = folder.resolve(CURRENT);
    this.old = folder.resolve(OLD);
    this.mostBytes = mostBytes;
    AuditChain chain = AuditChain.read(files(folder));
    this.breaks = chain.breaks();
    this.head = chain.head();
    this.channel = appending(file);
  }

  /** Those that there are, oldest first. */
  static List<Path> files(Path folder) {
    return Stream.of(folder.resolve(OLD), folder.resolve(CURRENT)).filter(Files::exists).toList();
  }

  /** Opens the log in a folder, and says in the node's log if somebody changed what is there. */
  public static AuditLog open(Path folder) {
    return open(folder, MOST_BYTES);
  }

  static AuditLog open(Path folder, long mostBytes) {
    try {
      AuditLog log = new AuditLog(folder, mostBytes);
      if (!log.breaks.isEmpty()) {
        LOG.log(
            System.Logger.Level.ERROR,
            "the audit log was changed: what comes before these lines isn''t what was written: {0}",
            String.join(", ", log.breaks));
      }
      return log;
    } catch (IOException e) {
      throw Problem.of(Problem.Code.INTERNAL, "can't open the audit log in " + folder + ": " + e)
          .next("look at the folder and its disk")
          .asException();
    }
  }

  /** Where the chain was broken when it was opened: the first few lines that don't follow. */
  public List<String> breaks() {
    return breaks;
  }

  @Override
  public synchronized void record(AuditEntry entry) {
    JsonObject json = entry.json();
    json.addProperty(AuditChain.PREVIOUS, head);
    try {
      rotate();
      append(json.toString());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "not in the audit log: " + entry, e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }

  private void rotate() throws IOException {
    if (channel.position() >= mostBytes) {
      if (Files.exists(file)) {
        Files.move(file, old, ATOMIC_MOVE, REPLACE_EXISTING);
      }
      FileChannel next = appending(file);
      channel.close();
      channel = next;
    }
  }

  /** All of a line or nothing of it, also on a full disk. */
  private void append(String json) throws IOException {
    byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
    long before = channel.position();
    try {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      channel.truncate(before);
      throw e;
    }
    head = AuditChain.hash(new String(bytes, 0, bytes.length - 1, StandardCharsets.ISO_8859_1));
  }

  /** A line that was cut off is ended, so that the next one is a line of its own. */
  private static FileChannel appending(Path file) throws IOException {
    boolean cutOff = Files.exists(file) && endsInsideLine(file);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(CREATE, WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    channel.position(channel.size());
    if (cutOff) {
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
    return channel;
  }

  private static boolean endsInsideLine(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() > 0
          && channel.read(last, channel.size() - 1) == 1
          && last.get(0) != '\n';
    }
  }
}
