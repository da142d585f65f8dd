package org.universalnode.switching.ebpf;

import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchDriverProvider;

/** Offers the eBPF driver. */
public final class EbpfSwitchProvider implements SwitchDriverProvider {
  private static final int PREFERENCE = 200;

  @Override
  public String name() {
    return EbpfSwitch.NAME;
  }

  @Override
  public int preference() {
    return PREFERENCE;
  }

  @Override
  public Result<SwitchDriver> open(String node) {
    return EbpfSwitch.open(node);
  }

  @Override
  public Result<Nothing> clear(String node) {
    if (!new Pins(node).arePresent()) {
      return Result.done();
    }
    return EbpfSwitch.open(node).flatMap(SwitchDriverProvider::removeAll);
  }
}
