package org.universalnode.switching.openvswitch;

import java.nio.file.Path;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchDriverProvider;

/**
 * Offers the driver for the Open vSwitch of this machine, or, as Open vSwitch's own commands do,
 * for that whose files are in the folder which the environment variable OVS_RUNDIR names.
 */
public final class OpenVswitchProvider implements SwitchDriverProvider {
  private static final int PREFERENCE = 100;
  private static final String USUAL_FOLDER = "/var/run/openvswitch";

  private static Path socket() {
    String folder = System.getenv("OVS_RUNDIR");
    return Path.of(folder == null || folder.isBlank() ? USUAL_FOLDER : folder).resolve("db.sock");
  }

  @Override
  public String name() {
    return OpenVswitchDriver.NAME;
  }

  @Override
  public int preference() {
    return PREFERENCE;
  }

  @Override
  public Result<SwitchDriver> open(String node) {
    return OpenVswitchDriver.open(node, socket());
  }

  @Override
  public Result<Nothing> clear(String node) {
    return OpenVswitchDriver.clear(node, socket());
  }
}
