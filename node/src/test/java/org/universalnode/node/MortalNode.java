package org.universalnode.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.universalnode.node.deploy.GraphListener;
import org.universalnode.node.deploy.GraphState.Phase;
import org.universalnode.node.deploy.RunningPolicy;

/**
 * A node that writes down what becomes of its graphs, and whose process ends at a moment that a
 * file names: {@code halt} and a line as it would be written, or a number and it is the so many-th
 * line; with {@code wait} it does not end, but says that it is there and goes no further.
 */
final class MortalNode {
  static final String ORDER = "die-at";
  static final String JOURNAL = "journal";
  static final String REACHED = "reached";

  /** Status of a process that ended as ordered. */
  static final int ENDED = 137;

  private MortalNode() {}

  /**
   * Runs one.
   *
   * @param arguments name of the node, its folder, and its interfaces with commas between
   */
  public static void main(String... arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    NodeOptions options =
        new NodeOptions(
            arguments[0],
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            folder.resolve("state"),
            folder.resolve("functions"),
            Set.of(arguments[2].split(",", -1)),
            "ebpf",
            RunningPolicy.AS_ASKED);
    try (Node node = Node.start(options, new Fate(folder))) {
      System.out.println("un: ready at http://127.0.0.1:" + node.port());
      while (System.in.read() >= 0) {} // it ends with who started it
    }
  }

  private static final class Fate implements GraphListener {
    private final Path folder;
    private int lines;

    Fate(Path folder) {
      this.folder = folder;
    }

    @Override
    public void step(String graph, StepEvent event) {
      happened(graph + " " + event.state() + " " + event.step());
    }

    /** The store is written between two of these and steps. */
    @Override
    public void phase(String graph, Phase phase, String reason) {
      happened(graph + " " + phase);
    }

    @Override
    public void gone(String graph) {
      happened(graph + " GONE");
    }

    private synchronized void happened(String line) {
      try {
        Files.writeString(
            folder.resolve(JOURNAL),
            line + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        if (Files.exists(folder.resolve(ORDER))) {
          lines++;
          obey(Files.readString(folder.resolve(ORDER)), line);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void obey(String order, String line) throws IOException {
      if (order.equals("halt " + line) || order.equals("halt " + lines)) {
        Runtime.getRuntime().halt(ENDED);
      }
      if (order.equals("wait " + line) || order.equals("wait " + lines)) {
        Files.writeString(folder.resolve(REACHED), "");
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
