import org.universalnode.switching.SwitchDriverProvider;
import org.universalnode.switching.openvswitch.OpenVswitchProvider;

/** LSIs as bridges of Open vSwitch. */
@org.jspecify.annotations.NullMarked
module org.universalnode.switching.openvswitch {
  requires static org.jspecify;
  requires com.google.gson;
  requires org.universalnode.linux;
  requires org.universalnode.switching;
  requires org.universalnode.switching.devices;

  provides SwitchDriverProvider with
      OpenVswitchProvider;
}
