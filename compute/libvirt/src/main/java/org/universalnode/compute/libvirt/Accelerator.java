package org.universalnode.compute.libvirt;

import java.nio.file.Files;
import java.nio.file.Path;

/** What runs the guest's instructions. */
enum Accelerator {
  /** The processor itself. */
  KVM("kvm", "host-passthrough"),
  /** QEMU, which translates them. */
  EMULATION("qemu", "maximum");

  private static final Path VHOST = Path.of("/dev/vhost-net");

  private final String domainType;
  private final String processor;

  Accelerator(String domainType, String processor) {
    this.domainType = domainType;
    this.processor = processor;
  }

  /** As libvirt names it. */
  String domainType() {
    return domainType;
  }

  /** The mode of the guest's processor. */
  String processor() {
    return processor;
  }

  /** Whether the kernel is to carry frames of a port, and can. */
  static boolean carriesIn(Port port) {
    return port.wantsKernel() && Files.exists(VHOST);
  }
}
