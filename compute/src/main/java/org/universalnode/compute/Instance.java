package org.universalnode.compute;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;

/**
 * A created instance.
 *
 * @param namespace name of the network namespace in which the switch makes its interfaces
 */
public record Instance(InstanceId id, String namespace, List<Port> ports) {

  /** A port, as the switch is to make it. */
  public record Port(PortLabel label, Way way, MacAddress mac) {

    /** One that is an interface inside the namespace. */
    public Port(PortLabel label, String interfaceName, MacAddress mac) {
      this(label, new Way.Inside(interfaceName), mac);
    }
  }

  /** How frames get from the switch to an instance. */
  public sealed interface Way {

    /**
     * By an interface of that name inside the instance's namespace.
     *
     * @param whole whether frames have to come there as they would on a wire, checksums made and
     *     long ones cut, because it is not the kernel that reads them
     */
    record Inside(String interfaceName, boolean whole) implements Way {
      /** One that the kernel reads. */
      public Inside(String interfaceName) {
        this(interfaceName, false);
      }

      @Override
      public String toString() {
        return interfaceName;
      }
    }

    /** By a tap of that name on the machine, which the instance opens when it starts. */
    record Tap(String interfaceName) implements Way {
      @Override
      public String toString() {
        return interfaceName;
      }
    }

    /** By a vhost-user socket, on which the switch listens. */
    record VhostUser(Path socket) implements Way {
      @Override
      public String toString() {
        return socket.toString();
      }
    }
  }

  public Instance {
    ports = List.copyOf(ports);
  }

  /** The same with some of its ports. */
  public Instance keeping(Predicate<Port> which) {
    return new Instance(id, namespace, ports.stream().filter(which).toList());
  }
}
