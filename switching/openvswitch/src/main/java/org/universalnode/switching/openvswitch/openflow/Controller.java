package org.universalnode.switching.openvswitch.openflow;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.universalnode.problem.ProblemException;

/** An OpenFlow 1.3 controller to which bridges of this machine connect. */
public final class Controller implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Controller.class.getName());
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final ServerSocketChannel socket;
  private final SocketAddress address;
  private final Limits limits;
  private final Datapaths datapaths;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Thread watcher;

  private Controller(
      ServerSocketChannel socket, SocketAddress address, Limits limits, DatapathListener listener) {
    this.socket = socket;
    this.address = address;
    this.limits = limits;
    this.datapaths = new Datapaths(listener);
    this.watcher = Thread.ofVirtual().name("openflow watcher").unstarted(this::watch);
  }

  /**
   * Listens at a Unix socket, which only this user can open, or at a loopback address. Open vSwitch
   * connects only to Unix sockets in its own run directory.
   *
   * @throws ProblemException if that can't be
   */
  public static Controller listen(SocketAddress address, Limits limits, DatapathListener listener) {
    ServerSocketChannel socket = ListeningSocket.open(address);
    Controller controller = new Controller(socket, address, limits, listener);
    controller.watcher.start();
    Thread.ofVirtual().name("openflow listener").start(controller::accept);
    return controller;
  }

  /** Where it listens; the port has been chosen if 0 was asked for. */
  public SocketAddress address() {
    try {
      return socket.getLocalAddress();
    } catch (IOException e) {
      return address;
    }
  }

  /** The datapath with that id, if it is connected. */
  public Optional<Datapath> datapath(long id) {
    return datapaths.get(id);
  }

  /** The datapath with that id; empty if it has not connected within the limit. */
  public Optional<Datapath> await(long id, Duration limit) throws InterruptedException {
    return datapaths.await(id, limit);
  }

  private void accept() {
    while (socket.isOpen()) {
      try {
        admit(socket.accept());
      } catch (IOException e) {
        if (socket.isOpen()) {
          LOG.log(System.Logger.Level.WARNING, "a switch could not connect", e);
          pause(PAUSE);
        }
      }
    }
  }

  private void admit(SocketChannel channel) throws IOException {
    if (connections.size() >= limits.connections()) {
      LOG.log(System.Logger.Level.WARNING, "too many connections of switches: one refused");
      channel.close();
      return;
    }
    Connection connection = new Connection(channel, limits);
    connections.add(connection);
    if (!socket.isOpen()) {
      connection.close(Connection.closedByUs());
    }
    Thread.ofVirtual().name("openflow reader").start(() -> serve(connection));
  }

  private void serve(Connection connection) {
    try {
      serve(new Datapath(Handshake.with(connection), connection, limits), connection);
    } catch (IOException e) {
      connection.close(Connection.lost(e));
    } catch (ProblemException e) {
      LOG.log(System.Logger.Level.WARNING, e.getMessage());
      connection.close(e.first());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connection.close(Connection.closedByUs());
      connections.remove(connection);
    }
  }

  private void serve(Datapath datapath, Connection connection) throws InterruptedException {
    Events events = datapaths.add(datapath);
    try {
      while (true) {
        tell(events, connection.receive().message());
      }
    } catch (IOException e) {
      connection.close(Connection.lost(e));
    } finally {
      datapaths.remove(datapath);
      events.gone(connection.end(Connection.closedByUs()));
      events.over().await();
      datapaths.forget(datapath.id(), events);
    }
  }

  /** An answer that comes after nobody waits for it any more is of no use to anybody. */
  private static void tell(Events events, Message message) {
    boolean late = MessageType.isAnswer(MessageType.of(message));
    if (!late || message instanceof Message.Refusal) {
      events.received(message);
    }
  }

  private void watch() {
    Duration shortest =
        limits.silence().compareTo(limits.handshake()) < 0 ? limits.silence() : limits.handshake();
    while (socket.isOpen()) {
      connections.forEach(Connection::watch);
      pause(shortest.dividedBy(4));
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends all connections, and returns when the listener knows; the switches go on. */
  @Override
  public void close() {
    try {
      ListeningSocket.close(socket, address);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "while closing the controller's socket", e);
    }
    watcher.interrupt();
    connections.forEach(connection -> connection.close(Connection.closedByUs()));
    try {
      for (Events each : datapaths.events()) {
        if (!each.over().await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.log(System.Logger.Level.WARNING, "the listener has not heard all of a datapath");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
