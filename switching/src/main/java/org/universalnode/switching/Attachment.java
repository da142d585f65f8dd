package org.universalnode.switching;

import java.nio.file.Path;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.MacAddress;

/** What a port of an LSI is connected to. */
public sealed interface Attachment {

  /** An interface of the machine, which the operator gave to the node, or a function has opened. */
  record HostInterface(String name) implements Attachment {}

  /**
   * An interface to be made inside a function's network namespace.
   *
   * @param identity names the port on this node for ever: graph, function and port
   * @param namespace name of the pinned network namespace
   * @param interfaceName the interface's name inside
   * @param mac the interface's address inside
   * @param whole whether frames have to come there as they would on a wire, checksums made and long
   *     ones cut, because it is not the kernel that reads them
   */
  record FunctionInterface(
      String identity, String namespace, String interfaceName, MacAddress mac, boolean whole)
      implements Attachment {
    /** One that the kernel reads. */
    public FunctionInterface(
        String identity, String namespace, String interfaceName, MacAddress mac) {
      this(identity, namespace, interfaceName, mac, false);
    }
  }

  /**
   * A vhost-user socket on which the switch listens for a function's process.
   *
   * @param identity names the port on this node for ever: graph, function and port
   */
  record FunctionSocket(String identity, Path socket) implements Attachment {}

  /**
   * A learning switch of the node that joins all ports, of whatever graph, which name its group.
   *
   * @param identity names the port on this node for ever: graph and end-point
   */
  record Group(String identity, String group) implements Attachment {}

  /**
   * An end of a tunnel.
   *
   * @param identity names the port on this node for ever: graph and end-point
   */
  record Tunnel(String identity, EndPoint.Kind.Tunnel tunnel) implements Attachment {}

  /**
   * An interface to be made for the machine's own network stack.
   *
   * @param identity names the port on this node for ever: graph and end-point
   * @param stack the addresses that the interface shall have
   */
  record HostStack(String identity, EndPoint.Kind.HostStack stack) implements Attachment {}
}
