package org.universalnode.switching.ebpf;

import org.universalnode.problem.Result;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchDriverProvider;

/** Offers the eBPF driver. */
public final class EbpfSwitchProvider implements SwitchDriverProvider {

  @Override
  public String name() {
    return EbpfSwitch.NAME;
  }

  @Override
  public Result<SwitchDriver> open(String node) {
    return EbpfSwitch.open(node);
  }
}
