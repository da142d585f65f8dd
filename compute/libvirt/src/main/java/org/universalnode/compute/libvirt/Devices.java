package org.universalnode.compute.libvirt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.universalnode.nffg.MacAddress;
import org.universalnode.problem.Problem;

/**
 * Network interfaces of a domain that runs. The emulator plugs them into spare slots; to let go of
 * one is up to the guest.
 */
record Devices(Place place, Virsh virsh, Patience patience) {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int MAC_AT = 4;

  /**
   * Makes them those that are recorded; what is there already stays as it is.
   *
   * @throws org.universalnode.problem.ProblemException if there is no slot left, or the guest does
   *     not let go in time; those that are to stay are there anyhow
   */
  void change(Recorded wanted, Accelerator accelerator) {
    List<MacAddress> present = present();
    MachineImage image = MachineImage.of(wanted.image());
    DomainXml xml = new DomainXml(place, wanted, image, accelerator);
    for (Port port : wanted.taps()) {
      if (!present.contains(port.mac())) {
        call("attach-device", xml.network(port));
      }
    }
    List<MacAddress> unwanted = new ArrayList<>(present);
    wanted.ports().forEach(port -> unwanted.remove(port.mac()));
    unwanted.forEach(this::detach);
    awaitGone(unwanted);
  }

  private void detach(MacAddress mac) {
    virsh.call("detach-interface", place.name(), "ethernet", "--mac", mac.toString(), "--live");
  }

  private void call(String command, String device) {
    InstanceFolder.write(place.folder().device(), device);
    virsh.call(command, place.name(), place.folder().device().toString(), "--live");
  }

  private void awaitGone(List<MacAddress> unwanted) {
    long deadline = System.nanoTime() + patience.stop().toNanos();
    while (true) {
      List<MacAddress> left = present();
      left.retainAll(unwanted);
      if (left.isEmpty()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw Problem.of(
                Problem.Code.TIMEOUT,
                "the guest of %s does not let go of its port %s"
                    .formatted(place.name(), left.getFirst()))
            .next("see that its kernel knows PCI hotplug")
            .asException();
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** MAC addresses of all that it has; see "domiflist" in virsh(1). */
  private List<MacAddress> present() {
    return virsh
        .call("--quiet", "domiflist", place.name())
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length > MAC_AT)
        .map(words -> MacAddress.parse(words[MAC_AT]))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
