import org.universalnode.switching.SwitchDriverProvider;
import org.universalnode.switching.openvswitch.OpenVswitchProvider;

/** LSIs as bridges of Open vSwitch. Benchmarks measure its OpenFlow by itself. */
@SuppressWarnings("module") // the benchmarks are built later
@org.jspecify.annotations.NullMarked
module org.universalnode.switching.openvswitch {
  requires static org.jspecify;
  requires com.google.gson;
  requires org.universalnode.linux;
  requires org.universalnode.switching;
  requires org.universalnode.switching.devices;

  exports org.universalnode.switching.openvswitch.openflow to
      org.universalnode.bench;

  provides SwitchDriverProvider with
      OpenVswitchProvider;
}
