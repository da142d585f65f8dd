package org.universalnode.switching.openvswitch;

import org.universalnode.problem.Result;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchDriverProvider;

/** Offers the driver for Open vSwitch. */
public final class OpenVswitchProvider implements SwitchDriverProvider {

  @Override
  public String name() {
    return OpenVswitchDriver.NAME;
  }

  @Override
  public Result<SwitchDriver> open(String node) {
    return OpenVswitchDriver.open(node, OpenVswitchDriver.USUAL_SOCKET);
  }
}
