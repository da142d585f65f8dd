package org.universalnode.compute.dpdk;

import java.nio.file.Files;
import java.nio.file.Path;
import org.universalnode.testbed.PrivateOpenVswitch;

/** Whether this machine can run the tests that need DPDK. */
final class InstalledDpdk {
  private InstalledDpdk() {}

  /** Also Debian's openvswitch-switch-dpdk. */
  static boolean isThereWithSwitch() {
    return isThere() && PrivateOpenVswitch.hasDpdk();
  }

  /** Root, and Debian's dpdk-dev. */
  static boolean isThere() {
    return System.getProperty("user.name").equals("root")
        && Files.isExecutable(Path.of("/usr/bin/dpdk-testpmd"));
  }
}
