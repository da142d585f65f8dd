package org.universalnode.upstream.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Debian's mosquitto on loopback, with one user. */
final class Broker implements AutoCloseable {
  private final Path folder;
  private final int port;
  private Process process;

  Broker(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path passwords = folder.resolve("passwords");
    new ProcessBuilder("mosquitto_passwd", "-b", "-c", passwords.toString(), "node", "secret")
        .start()
        .onExit()
        .join();
    String me = System.getProperty("user.name");
    Files.writeString(
        folder.resolve("mosquitto.conf"),
        "listener %d 127.0.0.1\nuser %s\nallow_anonymous false\npassword_file %s\n"
            .formatted(port, me, passwords));
    start();
  }

  URI address() {
    return URI.create("mqtt://127.0.0.1:" + port);
  }

  void start() throws IOException {
    process =
        new ProcessBuilder("/usr/sbin/mosquitto", "-c", folder.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("broker.log").toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::listens);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private boolean listens() {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
